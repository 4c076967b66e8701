import { makeBatcher } from '../../src/main/archive/entry-batch.js';
import { openEntryDatabase } from '../../src/main/archive/entry-database.js';
import { makeTermScanner } from '../../src/main/archive/term-scanner.js';
import type { TranscriptLine } from '../../src/main/archive/transcript-entry.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';

/** An index full of generated messages. */
export interface MessagePile {
  readonly messages: number;
  /** The words of the messages, the common ones first: of two neighbours the first stands in a little more of them. */
  readonly words: readonly string[];
  readonly projects: readonly string[];
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

const vocabulary = 150_000;
const messagesPerSession = 2_000;
const sessionsTogether = 50;
const secondsBetween = 40;
const projectNames = 40;
const syllables =
  'ba re to mi con fi le sta tus ex port read en try seg ment par se in dex que ry tok ken lo ad war de ver ion'.split(
    ' ',
  );
const characters = '会话文件归档检索全部消息窗口上下文压缩模型日本語検索設定';
const roles = ['user', 'assistant', 'tool', 'assistant', 'tool'] as const;

/** Fills an index with messages whose words are spread as those of a language are: a few very common, most of them rare. */
export async function makeMessagePile(file: string, messages: number): Promise<MessagePile> {
  const random = seededRandom(77);
  const words = makeWords(random);
  const database = openEntryDatabase(file);
  const terms = makeTermScanner();
  const firstAtMs = Date.UTC(2024, 0, 1);
  const sessions = Math.ceil(messages / messagesPerSession);
  const projects = Array.from({ length: projectNames }, (_, number) => `project-${number}`);
  let made = 0;
  for (let first = 0; first < sessions; first += sessionsTogether) {
    const last = Math.min(sessions, first + sessionsTogether);
    await database.together(async () => {
      for (let session = first; session < last; session += 1) addSession(session);
    });
  }
  database.markComplete();
  database.close();
  return { messages: made, words, projects, firstAtMs, lastAtMs: firstAtMs + made * secondsBetween * 1_000 };

  function addSession(session: number): void {
    const sessionId = random.uuid();
    const writer = database.beginPiece(
      {
        sessionId,
        project: projects[session % projectNames] ?? '',
        generation: 0,
        folder: sessionId,
        segment: `2026-01-01-000000-${sessionId.slice(0, 8)}-80pct.jsonl`,
        sidecar: '',
        agentId: null,
      },
      { isCareful: false },
    );
    const batcher = makeBatcher(terms, writer.add);
    for (let count = 0; count < messagesPerSession && made < messages; count += 1) {
      batcher.add(lineOf(made), made * 900, 899);
      made += 1;
    }
    batcher.end();
    writer.finish();
  }

  function lineOf(row: number): TranscriptLine {
    const role = roles[row % roles.length] ?? null;
    return {
      entry: {
        uuid: random.uuid(),
        kind: role === 'assistant' ? 'assistant' : 'user',
        role,
        agentId: null,
        atMs: firstAtMs + row * secondsBetween * 1_000,
        text: textOf(random, words),
      },
      cwd: null,
      sessionId: null,
      title: null,
    };
  }
}

/** A word, the common ones often. */
export function pickWord(random: SeededRandom, words: readonly string[]): string {
  return words[Math.floor(words.length ** random.share()) - 1] ?? '';
}

/** A message of 10 to 80 words; one in twelve holds some Chinese or Japanese, one in four an identifier. */
function textOf(random: SeededRandom, words: readonly string[]): string {
  const parts = Array.from({ length: random.whole(10, 80) }, () => pickWord(random, words));
  if (random.share() < 0.08) parts.push(charactersOf(random));
  if (random.share() < 0.25) parts.push(`${pickWord(random, words)}${capital(pickWord(random, words))}(path)`);
  return parts.join(' ');
}

/** A few characters of a script without spaces. */
export function charactersOf(random: SeededRandom): string {
  return Array.from({ length: random.whole(2, 6) }, () => anyOf(random, Array.from(characters))).join('');
}

function makeWords(random: SeededRandom): readonly string[] {
  const words = new Set<string>();
  while (words.size < vocabulary) {
    const length = words.size < 200 ? random.whole(1, 2) : random.whole(2, 4);
    words.add(Array.from({ length }, () => anyOf(random, syllables)).join(''));
  }
  return [...words];
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** One of a list that isn't empty. */
export function anyOf(random: SeededRandom, values: readonly string[]): string {
  return values[random.whole(0, values.length - 1)] ?? '';
}
