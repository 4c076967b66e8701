import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readOnce } from '../../../src/main/engine/read-once.js';
import { openMemoryStore } from '../../../src/main/settings/read-only-store.js';
import { openSettings } from '../../../src/main/settings/settings-store.js';
import { resolveAppPaths } from '../../../src/main/support/app-paths.js';
import { tempFolder } from '../../support/temp-folder.js';
import { answerLine, boundaryLine, transcriptOf } from '../../support/transcript-lines.js';

const compacted = '11111111-2222-4333-8444-000000000001';
const other = '11111111-2222-4333-8444-000000000002';

function readHome(home: string) {
  const environment = {};
  const now = () => new Date();
  const place = { homeFolder: home, platform: 'linux', environment, dataFolder: path.join(home, 'data') } as const;
  const opened = openSettings({ store: openMemoryStore('settings.json', {}), flags: {}, now });
  if (opened.kind === 'bad-flags') throw new Error('bad flags');
  return readOnce({
    paths: resolveAppPaths({ ...place, temporaryFolder: home, userId: 0, exists: existsSync }, null),
    homeFolder: home,
    environment,
    claudeFolders: [],
    activeWithinSeconds: 0,
    settings: opened.settings,
    appStateStore: openMemoryStore('state.json', {}),
    startProblems: [],
    glanceWorker: null,
    now,
    appVersion: '0.0.0',
  });
}

test('a single reading learns from the compactions of one session where another will be compacted, and writes nothing', async () => {
  const home = tempFolder();
  const folder = path.join(home, '.claude', 'projects', '-w-x');
  mkdirSync(folder, { recursive: true });
  const answer = (messageId: string, promptTokens: number) =>
    answerLine({ uuid: messageId, messageId, promptTokens, outputTokens: 100 });
  const boundary = boundaryLine({ trigger: 'auto', preTokens: 141_000, postTokens: 9_000 });
  writeFileSync(
    path.join(folder, `${compacted}.jsonl`),
    transcriptOf(answer('m1', 140_900), boundary, answer('m2', 30_000)),
  );
  writeFileSync(path.join(folder, `${other}.jsonl`), transcriptOf(answer('m3', 70_000)));
  const { sessions } = await readHome(home);
  expect(sessions.map(({ id, compactionLine }) => [id, compactionLine])).toEqual(
    [other, compacted].map((id) => [id, { tokens: 141_000, percent: 70.5, source: 'learnt', learntFrom: 1 }]),
  );
  expect(readdirSync(home)).toEqual(['.claude']);
});
