// Plays the client: appends lines to session files as the plan in its argument says, then prints what it appended.
import { closeSync, openSync, writeSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { answerLine, promptLine } from '../support/transcript-lines.js';
import { tokensOf, type Append, type AppendPlan } from './append-plan.js';
import { seededRandom } from './seeded-random.js';

const plan: AppendPlan = JSON.parse(process.argv[2] ?? '');
const { files, count, gapMs, linesPerAnswer, seed } = plan;
const random = seededRandom(seed);
const words = 'The test shares its clock with another one, so it fails when both run at once. '.repeat(40);
const descriptors = files.map(({ path }) => openSync(path, 'a'));
const appends: Append[] = [];

function lineOf(file: number, round: number): { readonly text: string; readonly tokens: number | null } {
  const part = `${seed}-${file}-${round}`;
  const line = { sessionId: files[file]?.id, timestamp: new Date().toISOString() };
  const text = words.slice(0, random.whole(200, words.length));
  if (round % linesPerAnswer !== linesPerAnswer - 1)
    return { text: promptLine({ uuid: `u-${part}`, text, line }), tokens: null };
  const tokens = tokensOf(plan, Math.floor(round / linesPerAnswer));
  const parts = { promptTokens: tokens - 20, outputTokens: 20, text, line };
  return { text: answerLine({ ...parts, uuid: `a-${part}`, messageId: `msg-${part}` }), tokens };
}

const startedAt = performance.now();
let due = startedAt;
for (let at = 0; at < count; at += 1) {
  const wait = due - performance.now();
  if (wait > 0) await pause(wait);
  const file = at % files.length;
  const { text, tokens } = lineOf(file, Math.floor(at / files.length));
  const bytes = Buffer.from(`${text}\n`);
  const began = process.hrtime.bigint().toString();
  writeSync(descriptors[file] ?? -1, bytes);
  if (tokens !== null) appends.push([file, tokens, began, bytes.length]);
  due += gapMs[0] + random.share() * (gapMs[1] - gapMs[0]);
}
for (const descriptor of descriptors) closeSync(descriptor);
process.stdout.write(JSON.stringify({ appends, seconds: (performance.now() - startedAt) / 1_000 }));
