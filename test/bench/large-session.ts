import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { generateSession } from './generated-session.js';
import { seededRandom } from './seeded-random.js';

/** A session file that is large. */
export interface LargeSession {
  readonly id: string;
  readonly file: string;
}

const batchBytes = 4 * 2 ** 20;

/** Writes a session of about `bytes`, real lines all the way, below `folder`. */
export function writeLargeSession(folder: string, bytes: number): LargeSession {
  const id = seededRandom(bytes).uuid();
  const file = path.join(folder, 'projects', '-w-large', `${id}.jsonl`);
  mkdirSync(path.dirname(file), { recursive: true });
  const descriptor = openSync(file, 'w', 0o600);
  const { lines } = generateSession({
    seed: 4,
    bytes,
    sessionId: id,
    cwd: '/w/large',
    startsAtMs: Date.UTC(2026, 9, 1),
  });
  let batch = '';
  for (const line of lines) {
    batch += line;
    if (batch.length < batchBytes) continue;
    writeSync(descriptor, batch);
    batch = '';
  }
  writeSync(descriptor, batch);
  closeSync(descriptor);
  return { id, file };
}
