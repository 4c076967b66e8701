import { expect, it } from 'vitest';
import type { Output } from '../../../src/main/cli/output.js';
import { withUnfailingOutput } from '../../../src/main/cli/unfailing-output.js';

const full: Output = { write: () => Promise.reject(new Error('ENOSPC: no space left on device')) };

it('says once on stderr that stdout can not be written', async () => {
  const said: string[] = [];
  const stderr = { write: (text: string) => Promise.resolve(void said.push(text)) };
  const { stdout } = withUnfailingOutput({ stdout: full, stderr });
  await stdout.write('one\n');
  await stdout.write('two\n');
  expect(said).toEqual([expect.stringMatching(/standard output.*ENOSPC.*\n$/)]);
});

it('rejects nothing where stderr can not be written either', async () => {
  const { stdout, stderr } = withUnfailingOutput({ stdout: full, stderr: full });
  await expect(Promise.all([stdout.write('one'), stderr.write('two')])).resolves.toHaveLength(2);
});

it('hands over what can be written', async () => {
  const printed: string[] = [];
  const stdout = { write: (text: string) => Promise.resolve(void printed.push(text)) };
  await withUnfailingOutput({ stdout, stderr: full }).stdout.write('one');
  expect(printed).toEqual(['one']);
});
