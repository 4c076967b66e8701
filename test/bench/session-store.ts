import { closeSync, ftruncateSync, futimesSync, mkdirSync, openSync, utimesSync, writeSync } from 'node:fs';
import path from 'node:path';
import { answerLine, promptLine, transcriptOf } from '../support/transcript-lines.js';
import { generateSession } from './generated-session.js';
import { seededRandom } from './seeded-random.js';

/** One session file of a store. */
export interface StoredSession {
  readonly id: string;
  readonly file: string;
}

/** A Claude Code folder with many sessions in it. */
export interface SessionStore {
  /** What goes to `--claude-dir`. */
  readonly claude: string;
  readonly projects: string;
  /** Written to at the time given, and whole: no hole in it. */
  readonly newest: StoredSession;
  /** Some that were not touched for months, also whole. */
  readonly old: readonly StoredSession[];
  readonly all: readonly StoredSession[];
}

const folders = 500;
const filesPerFolder = 20;
/** Holes take no room on the disk: all files together are 4 GB long. */
const fileBytes = 400 * 1_024;
const dayMs = 86_400_000;
/** Compacted before it could seem to have a larger window than 200 000 tokens. */
const model = 'claude-opus-4-6';

/**
 * Makes 10 000 session files of 400 KB in 500 folders, 4 GB in all: real lines at both ends and a hole between, but for the newest and
 * every 200th, which hold real lines only. They were last written to one to twelve months ago; the newest `newestAgeMs` ago, and
 * `recent` more within the last twelve hours.
 */
export function makeSessionStore(
  claude: string,
  { newestAgeMs = 0, recent = 0 }: { readonly newestAgeMs?: number; readonly recent?: number } = {},
): SessionStore {
  const random = seededRandom(10_000);
  const projects = path.join(claude, 'projects');
  // Whole seconds: a time that is set again is then the same one.
  const now = Math.floor(Date.now() / 1_000) * 1_000;
  const all: StoredSession[] = [];
  const old: StoredSession[] = [];
  for (let folder = 0; folder < folders; folder += 1) {
    const project = path.join(projects, `-w-project-${String(folder).padStart(3, '0')}`);
    mkdirSync(project, { recursive: true });
    for (let index = 0; index < filesPerFolder; index += 1) {
      const at = folder * filesPerFolder + index;
      const id = random.uuid();
      const session = { id, file: path.join(project, `${id}.jsonl`) };
      const isNewest = at === 0;
      const isRecent = !isNewest && at <= recent * filesPerFolder && index === 0;
      const isWhole = isNewest || at % 200 === 7;
      const ageMs = isNewest
        ? newestAgeMs
        : isRecent
          ? random.whole(600, 11 * 3_600) * 1_000
          : random.whole(30 * 86_400, 365 * 86_400) * 1_000;
      writeSession(session, { seed: at, isWhole, modifiedAtMs: now - ageMs });
      all.push(session);
      if (isWhole && !isNewest) old.push(session);
    }
    utimesSync(project, (now - 30 * dayMs) / 1_000, (now - 30 * dayMs) / 1_000);
  }
  const [newest] = all;
  if (!newest) throw new Error('The store has no session.');
  return { claude, projects, newest, old, all };
}

function writeSession(
  { id, file }: StoredSession,
  { seed, isWhole, modifiedAtMs }: { readonly seed: number; readonly isWhole: boolean; readonly modifiedAtMs: number },
): void {
  const descriptor = openSync(file, 'w', 0o644);
  try {
    if (isWhole) {
      const lines = generateSession({
        seed,
        bytes: fileBytes,
        sessionId: id,
        cwd: '/w/project',
        model,
        startsAtMs: modifiedAtMs - dayMs,
      }).lines;
      for (const line of lines) writeSync(descriptor, line);
    } else {
      const turn = transcriptOf(
        promptLine({ line: { sessionId: id } }),
        answerLine({ model, line: { sessionId: id } }),
      );
      writeSync(descriptor, turn);
      ftruncateSync(descriptor, fileBytes - turn.length - 1);
      writeSync(descriptor, `\n${turn}`, fileBytes - turn.length - 1);
    }
    // Access times before the modification: with the usual `relatime` a read then moves them, which tells who reads.
    futimesSync(descriptor, (modifiedAtMs - dayMs) / 1_000, modifiedAtMs / 1_000);
  } finally {
    closeSync(descriptor);
  }
}
