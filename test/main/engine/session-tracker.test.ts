import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { trackSessions } from '../../../src/main/engine/session-tracker.js';
import { tempFolder } from '../../support/temp-folder.js';
import { answerLine, transcriptOf } from '../../support/transcript-lines.js';

const id = '11111111-2222-4333-8444-555555555555';

function makeTracker(folder: string) {
  const ignore = (): void => undefined;
  return trackSessions({
    folders: { exportsPending: path.join(folder, 'pending'), exportsArchive: path.join(folder, 'archive') },
    isQuick: () => false,
    onRead: ignore,
    onGlance: ignore,
    onReadError: ignore,
    onFault: (error) => {
      throw error;
    },
    onDrop: ignore,
    onStorage: ignore,
  });
}

it.each(Array.from({ length: 12 }, (_, turns) => turns))(
  'goes on with the other file of a session when the newer one is gone, told of it %i turns into its read',
  async (turns) => {
    const folder = tempFolder();
    const tracker = makeTracker(folder);
    const write = (root: string, modifiedAtMs: number) => {
      const file = path.join(folder, root, `${id}.jsonl`);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, transcriptOf(answerLine({ promptTokens: 9_900, outputTokens: 100 })));
      const { size, ino } = statSync(file);
      return { id, path: file, folder: path.dirname(file), inode: ino, sizeBytes: size, modifiedAtMs };
    };
    const [older, newer] = [write('a', 1_000), write('b', 2_000)];
    await tracker.see(older);
    await tracker.see(newer);
    rmSync(newer.path);
    const reading = tracker.see(newer);
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    tracker.forget(newer.path);
    await reading;
    await tracker.settled();
    expect(tracker.find(id)?.file.path).toBe(older.path);
  },
);
