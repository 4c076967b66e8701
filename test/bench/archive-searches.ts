import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArchiveQuery } from '../../src/shared/archive-search.js';
import { openArchiveSearch, type ArchiveSearch } from '../../src/main/archive/archive-search.js';
import { anyOf, charactersOf, makeMessagePile, pickWord, type MessagePile } from './message-pile.js';
import type { Scenario } from './scenario.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';
import { median, percentile, rounded } from './statistics.js';

/** How long a search takes among a million messages. */
export const archiveSearches: Scenario = {
  name: 'search',
  measures: 'search over 1 000 000 messages',
  bar: 'p95 ≤ 50 ms for words, ≤ 150 ms for substrings',
  async measure(bench) {
    const file = path.join(bench.folder, 'index', 'entries.sqlite');
    mkdirSync(path.dirname(file));
    const pile = await makeMessagePile(file, bench.quick ? 100_000 : 1_000_000);
    const workerUrl = pathToFileURL(path.join(bench.projectFolder, 'out', 'main', 'entry-index-worker.js'));
    const search = openArchiveSearch(
      { file, workerUrl },
      { now: () => new Date(pile.lastAtMs), maskSecrets: () => false },
    );
    const random = seededRandom(5);
    const count = bench.quick ? 100 : 300;
    try {
      await ask(search, { text: 'the' });
      const words = await askAll(
        search,
        queries(count, () => wordQuery(random, pile)),
      );
      const parts = await askAll(
        search,
        queries(count, () => partQuery(random, pile)),
      );
      return {
        kind: 'measured',
        figures: [
          { name: 'words, p95', value: rounded(percentile(words.milliseconds, 95), 1), unit: 'ms', bar: 50 },
          { name: 'substrings, p95', value: rounded(percentile(parts.milliseconds, 95), 1), unit: 'ms', bar: 150 },
          { name: 'words, median', value: rounded(median(words.milliseconds), 1), unit: 'ms', bar: null },
          { name: 'substrings, median', value: rounded(median(parts.milliseconds), 1), unit: 'ms', bar: null },
          { name: 'size of the index', value: rounded(statSync(file).size / 1e6, 0), unit: 'MB', bar: null },
        ],
        beside: [],
        notes: [
          `${pile.messages} generated messages of 10 to 80 words, ${pile.words.length} words spread as in a language (the most common in four of ten messages), ${count} searches of each kind from a fixed seed through the worker as built, each for 20 results with snippets and the total; a common word is as likely to be asked for as it is in the messages.`,
          `Words: one, two or three of them, phrases, the start of words, some with a role, a project or a stretch of time (${words.found} found something). Substrings: parts of words, identifiers, Chinese and Japanese (${parts.found} found something).`,
        ],
        samples: {},
      };
    } finally {
      await search.close();
    }
  },
};

function queries(count: number, make: () => Partial<ArchiveQuery>): readonly Partial<ArchiveQuery>[] {
  return Array.from({ length: count }, make);
}

function wordQuery(random: SeededRandom, { words, projects, firstAtMs, lastAtMs }: MessagePile): Partial<ArchiveQuery> {
  const word = () => pickWord(random, words);
  const text = random.pick([
    word,
    word,
    () => `${word()} ${word()}`,
    () => `${word()} ${word()} ${word()}`,
    () => `"${word()} ${word()}"`,
    () => `${word().slice(0, 5)}*`,
  ])();
  const share = random.share();
  if (share < 0.15) return { text, role: random.pick(['user', 'assistant', 'tool'] as const) };
  if (share < 0.25) return { text, project: anyOf(random, projects) };
  if (share < 0.35) {
    const sinceMs = firstAtMs + random.share() * (lastAtMs - firstAtMs);
    return { text, since: new Date(sinceMs).toISOString(), until: new Date(sinceMs + 7 * 86_400_000).toISOString() };
  }
  return { text };
}

function partQuery(random: SeededRandom, { words }: MessagePile): Partial<ArchiveQuery> {
  const word = () => pickWord(random, words);
  const part = () => {
    const whole = `${word()}${word()}`;
    const start = random.whole(1, 2);
    return whole.slice(start, start + random.whole(3, 8));
  };
  return {
    text: random.pick([
      part,
      part,
      () => `${word()}(path)`,
      () => `${part()}(pa`,
      () => charactersOf(random).slice(0, 2),
    ])(),
  };
}

async function askAll(search: ArchiveSearch, asked: readonly Partial<ArchiveQuery>[]) {
  const milliseconds: number[] = [];
  let found = 0;
  for (const query of asked) {
    const startedAt = performance.now();
    const total = await ask(search, query);
    milliseconds.push(performance.now() - startedAt);
    if (total > 0) found += 1;
  }
  return { milliseconds, found };
}

async function ask(search: ArchiveSearch, query: Partial<ArchiveQuery>): Promise<number> {
  const nothing = { text: '', project: null, role: null, session: null, kinds: null, since: null, until: null };
  const answer = await search.search({ ...nothing, limit: 20, offset: 0, ...query });
  if (answer.kind !== 'found') throw new Error(`A search was not answered: ${answer.kind}`);
  return answer.total;
}
