import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { generateSession } from './generated-session.js';
import { seededRandom } from './seeded-random.js';

/** Session files of all sizes, as a year of use leaves them. */
export interface SessionPile {
  readonly sessions: number;
  readonly bytes: number;
  /** How many of them are copies of genuine transcripts. */
  readonly genuine: number;
  /** What has to be read from the generated ones: used tokens by session id. */
  readonly usedTokens: ReadonlyMap<string, number>;
}

const copiesOfEach = 4;
const perFolder = 18;

/**
 * Writes `sessions` files of `bytes` together below a Claude Code folder: genuine transcripts under new ids where `genuineFolder` is
 * there, the rest generated, the same in every run. Sizes are spread as genuine ones are: many small, few very large.
 */
export function makeSessionPile(
  claude: string,
  options: { readonly sessions: number; readonly bytes: number; readonly genuineFolder: string },
): SessionPile {
  const random = seededRandom(900);
  const usedTokens = new Map<string, number>();
  let [made, written] = [0, 0];
  const nextFile = () => {
    const id = random.uuid();
    const folder = path.join(claude, 'projects', `-w-project-${Math.floor(made / perFolder)}`);
    mkdirSync(folder, { recursive: true });
    made += 1;
    return { id, file: path.join(folder, `${id}.jsonl`) };
  };

  const copies = genuineTranscripts(options.genuineFolder).flatMap((transcript) =>
    Array(copiesOfEach).fill(transcript),
  );
  for (const transcript of copies.slice(0, options.sessions / 2)) {
    const { file } = nextFile();
    copyFileSync(transcript, file);
    written += statSync(file).size;
  }
  const genuine = made;
  const weights = Array.from({ length: options.sessions - genuine }, () => Math.exp(1.5 * bell(random.share)));
  const bytesPerWeight = (options.bytes - written) / weights.reduce((sum, weight) => sum + weight, 0);
  for (const weight of weights) {
    const { id, file } = nextFile();
    const session = generateSession({
      seed: made,
      bytes: weight * bytesPerWeight,
      sessionId: id,
      cwd: `/w/project-${made}`,
      startsAtMs: Date.UTC(2026, 5, 1) + made * 3_600_000,
    });
    const descriptor = openSync(file, 'w');
    for (const line of session.lines) writeSync(descriptor, line);
    closeSync(descriptor);
    written += statSync(file).size;
    usedTokens.set(id, session.usedTokens());
  }
  return { sessions: made, bytes: written, genuine, usedTokens };
}

/** Near the standard normal distribution. */
function bell(share: () => number): number {
  return Array.from({ length: 12 }, share).reduce((sum, value) => sum + value, -6);
}

/** The session files below a folder of genuine transcripts, in the order of their names; none where it is missing. */
export function genuineTranscripts(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true }).map(String);
  const isSession = (name: string): boolean => name.endsWith('.jsonl') && !path.basename(name).startsWith('agent-');
  return names
    .filter(isSession)
    .toSorted()
    .map((name) => path.join(folder, name));
}
