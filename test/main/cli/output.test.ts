import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openOutput } from '../../../src/main/cli/output.js';

function failing(code: string): Writable {
  return new Writable({
    write(_piece, _encoding, done) {
      done(Object.assign(new Error(code), { code }));
    },
  });
}

describe('openOutput', () => {
  it('drops what nobody reads any more', async () => {
    const output = openOutput(failing('EPIPE'));
    await expect(output.write('one')).resolves.toBeUndefined();
    await expect(output.write('two')).resolves.toBeUndefined();
  });

  it('throws any other error', async () => {
    await expect(openOutput(failing('ENOSPC')).write('one')).rejects.toThrow('ENOSPC');
  });

  it('hands the text over', async () => {
    const pieces: string[] = [];
    const stream = new Writable({
      write: (piece, _encoding, done) => done(void pieces.push(String(piece)) as undefined),
    });
    await openOutput(stream).write('text\n');
    expect(pieces).toEqual(['text\n']);
  });
});
