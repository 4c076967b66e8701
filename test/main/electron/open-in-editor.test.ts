import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { openInEditor } from '../../../src/main/electron/open-in-editor.js';
import { tempFolder } from '../../support/temp-folder.js';

const file = '/s/exports-pending/$(touch x) 1.jsonl';

/** Calls the editor with nothing in PATH but this `code`. */
function makeEditor(shell: string | null) {
  const folder = tempFolder();
  const notes = path.join(folder, 'notes');
  if (shell !== null) {
    writeFileSync(path.join(folder, 'code'), `#!/bin/sh\nprintf '<%s>' "$@" >> '${notes}'\n${shell}\n`, {
      mode: 0o700,
    });
  }
  const open = (timeoutMilliseconds = 10_000) =>
    openInEditor(file, { environment: { PATH: folder }, timeoutMilliseconds });
  return { open, notes: () => (existsSync(notes) ? readFileSync(notes, 'utf8') : null) };
}

it.skipIf(process.platform === 'win32').each([
  ['that works', 'exit 0', true],
  ['that fails', 'exit 1', false],
  ['that stays in the foreground', '/bin/sleep 20', true],
])('an editor %s gets the file as one argument', async (_, shell, opened) => {
  const editor = makeEditor(shell);
  expect(await editor.open(shell.includes('sleep') ? 2_000 : undefined)).toBe(opened);
  expect(editor.notes()).toBe(`<${file}>`);
});

it('an editor that is not there opens nothing', async () => {
  expect(await makeEditor(null).open()).toBe(false);
});
