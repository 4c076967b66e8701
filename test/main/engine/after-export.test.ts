import process from 'node:process';
import { expect, it } from 'vitest';
import { makeAfterExport } from '../../../src/main/engine/after-export.js';
import { keepProblems } from '../../../src/main/engine/problem-list.js';
import { tempFolder } from '../../support/temp-folder.js';
import { waitUntil } from '../../support/wait-until.js';

const id = (first: number) => `${first}1111111-2222-4333-8444-555555555555`;

it('holds the sessions whose exports the command was told of, or waits to be told of, and no longer', async () => {
  const folder = tempFolder();
  const say = () => undefined;
  const afterExport = makeAfterExport({
    homeFolder: folder,
    environment: {},
    exportsPending: folder,
    settingsFile: 'settings.json',
    scripts: { states: () => ({ exporter: 'missing', extractor: 'missing' }), look: async () => undefined },
    command: {
      confirmed: () => [process.execPath, '-e', 'setTimeout(() => undefined, 100)', '{file}'],
      ask: async () => undefined,
      confirm: () => ({ kind: 'no-command' }),
    },
    problems: keepProblems({ now: () => new Date(), onNew: say, onChange: say }),
    log: { debug: say, info: say, warn: say, error: say, close: say },
  });
  const held = () => [1, 2, 3].filter((one) => afterExport.holds(id(one)));
  for (const one of [1, 2]) {
    afterExport.begin({ file: `${folder}/${one}.jsonl`, sessionId: id(one), percent: 80, isNewest: true });
  }
  expect(held()).toEqual([1, 2]);
  await waitUntil('the first to end', () => (held().length === 1 ? true : null));
  expect(held()).toEqual([2]);
  await afterExport.finish();
  await waitUntil('the second to end', () => (held().length === 0 ? true : null));
});
