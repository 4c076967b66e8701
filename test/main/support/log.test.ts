import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLog, type LogOptions } from '../../../src/main/support/log.js';
import { tempFolder } from '../../support/temp-folder.js';

const noon = new Date(2026, 10, 1, 12, 3, 4);

function open(options: Partial<LogOptions> = {}) {
  const file = path.join(tempFolder(), 'logs', 'context-watcher.log');
  const lines: string[] = [];
  const faults: (Error | null)[] = [];
  const log = openLog({
    file,
    level: 'info',
    toStdout: (line) => lines.push(line),
    clock: () => noon,
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  return { log, file, lines, faults };
}

describe('openLog', () => {
  it('writes local time and message to file and stdout, private to the user', () => {
    const { log, file, lines } = open();
    log.info('Exported: x.jsonl');
    log.warn('Disk nearly full');
    expect(readFileSync(file, 'utf8')).toBe(
      '[2026-11-01 12:03:04] Exported: x.jsonl\n[2026-11-01 12:03:04] Warning: Disk nearly full\n',
    );
    expect(lines).toEqual([
      '[2026-11-01 12:03:04] Exported: x.jsonl',
      '[2026-11-01 12:03:04] Warning: Disk nearly full',
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  });

  it.each([
    ['debug', ['debug', 'info', 'warn', 'error']],
    ['info', ['info', 'warn', 'error']],
    ['warn', ['warn', 'error']],
    ['error', ['error']],
  ] as const)('at level %s writes %j', (level, written) => {
    const { log, lines } = open({ level });
    for (const method of ['debug', 'info', 'warn', 'error'] as const) log[method](method);
    expect(lines.map((line) => line.split(' ').at(-1))).toEqual(written);
  });

  it('makes no file before the first line', () => {
    const { log, file } = open();
    log.debug('below the level');
    expect(existsSync(path.dirname(file))).toBe(false);
  });

  it('keeps a hostile text on one line', () => {
    const { log, file } = open();
    log.info('title\n[2026-11-01 12:03:04] Exported: nothing\u001b[2J');
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(2);
    expect(readFileSync(file, 'utf8')).not.toContain('\u001b');
  });

  it('appends to what is there and rotates before the size is passed, keeping so many', () => {
    const { log, file } = open({ maxBytes: 100, keep: 2 });
    mkdirSync(path.dirname(file));
    writeFileSync(file, 'from an earlier run\n');
    for (let line = 1; line <= 9; line += 1) log.info(`line ${line} ${'x'.repeat(20)}`);
    const text = (name: string) => readFileSync(name, 'utf8');
    expect(text(file)).toContain('line 9');
    expect(text(`${file}.1`)).toContain('line 7');
    expect(text(`${file}.2`)).toContain('line 5');
    expect(existsSync(`${file}.3`)).toBe(false);
    for (const name of [file, `${file}.1`, `${file}.2`]) expect(statSync(name).size).toBeLessThanOrEqual(100);
  });

  it('reports a fault once, goes on, and says when it is over', () => {
    const { log, file, lines, faults } = open();
    writeFileSync(path.dirname(file), 'a file where the folder should be');
    log.info('one');
    log.info('two');
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toMatch(/EEXIST|ENOTDIR/);
    expect(lines).toHaveLength(2);
    rmSync(path.dirname(file));
    log.info('three');
    expect(faults.at(-1)).toBeNull();
    expect(readFileSync(file, 'utf8')).toContain('three');
  });

  it('leaves the modes of folders that exist', () => {
    const { log, file } = open();
    mkdirSync(path.dirname(file));
    chmodSync(path.dirname(file), 0o755);
    log.info('x');
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o755);
  });

  it('can be written after it was closed: the end of a run has something to say too', () => {
    const { log, file } = open();
    log.info('one');
    log.close();
    log.info('two');
    log.close();
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  });
});
