import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { runPython } from '../../../src/main/support/run-python.js';
import { tempFolder } from '../../support/temp-folder.js';

/** Calls Python with nothing in PATH but stand-ins that print their name and arguments and end with the code given. */
function callWith(standIns: Readonly<Record<string, number>>, platform: NodeJS.Platform) {
  const folder = path.join(tempFolder(), 'bin');
  mkdirSync(folder);
  for (const [name, exitCode] of Object.entries(standIns)) {
    const script = `#!/bin/sh\nprintf '%s' "${name}"\nprintf ' <%s>' "$@"\nexit ${exitCode}\n`;
    writeFileSync(path.join(folder, name), script, { mode: 0o700 });
  }
  const request = { script: '/s/a script.py', arguments: ['--jsonl', '/f'], timeoutMilliseconds: 10_000 };
  return runPython({ ...request, environment: { PATH: folder } }, platform);
}

it.skipIf(process.platform === 'win32').each([
  ['linux', { python3: 0, python: 0 }, 'python3 </s/a script.py> <--jsonl> </f>'],
  ['win32', { python3: 0, py: 0, python: 0 }, 'python3 </s/a script.py> <--jsonl> </f>'],
  ['win32', { py: 0, python: 0 }, 'py <-3> </s/a script.py> <--jsonl> </f>'],
  ['win32', { python: 0 }, 'python </s/a script.py> <--jsonl> </f>'],
] as const)('on %s with %o', async (platform, standIns, printed) => {
  expect(await callWith(standIns, platform)).toMatchObject({ kind: 'ended', exitCode: 0, stdout: printed });
});

it.skipIf(process.platform === 'win32')('takes no other Python where one fails', async () => {
  const outcome = await callWith({ python3: 2, python: 0 }, 'win32');
  expect(outcome).toMatchObject({ kind: 'ended', exitCode: 2 });
});

it('says that there is none', async () => {
  expect(await callWith({ python: 0 }, 'linux')).toEqual({ kind: 'not-found', program: 'python3' });
  expect(await callWith({}, 'win32')).toEqual({ kind: 'not-found', program: 'python3' });
});
