import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { readTranscriptLine } from '../../../src/main/sessions/transcript-line.js';
import { tempFolder } from '../../support/temp-folder.js';
import { transcriptOf } from '../../support/transcript-lines.js';
import { readAfresh } from './read-transcript.js';

/** One line of each kind that matters, in the order in which a session writes them. */
// prettier-ignore
const examples = [
  '{"type":"assistant","uuid":"a1","parentUuid":"u1","isSidechain":false,"requestedModel":"claude-opus-4-6[1m]","cwd":"/w","version":"2.1.330","timestamp":"2026-11-01T10:00:00.000Z","message":{"id":"msg_1","model":"claude-opus-4-6","role":"assistant","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn","usage":{"input_tokens":3,"cache_creation_input_tokens":1200,"cache_read_input_tokens":50000,"output_tokens":540,"iterations":[]}}}',
  '{"type":"assistant","uuid":"a3","isSidechain":false,"isApiErrorMessage":true,"message":{"id":"x","model":"<synthetic>","content":[{"type":"text","text":"API Error: 529"}],"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}',
  '{"type":"system","subtype":"compact_boundary","uuid":"b1","parentUuid":null,"logicalParentUuid":"a1","isSidechain":false,"compactMetadata":{"trigger":"auto","preTokens":167400,"postTokens":18000}}',
  '{"type":"user","uuid":"u2","parentUuid":"b1","isCompactSummary":true,"message":{"role":"user","content":"This session is being continued from a previous conversation…"}}',
  '{"type":"progress","uuid":"p1","isSidechain":false,"data":{"type":"agent_progress","agentId":"a66","message":{"type":"assistant","message":{"id":"msg_s","usage":{"input_tokens":9,"cache_read_input_tokens":90000}}}}}',
  '{"type":"assistant","uuid":"s1","isSidechain":true,"agentId":"a66","message":{"id":"msg_s","model":"claude-haiku-4-5","content":[],"usage":{"input_tokens":9,"cache_read_input_tokens":90000,"output_tokens":1}}}',
  '{"type":"assistant","uuid":"a4","isSidechain":false,"message":{"id":"msg_2","model":"claude-opus-4-8","content":[],"usage":{"input_tokens":2,"cache_creation_input_tokens":0,"cache_read_input_tokens":54112,"output_tokens":136,"iterations":[{"type":"message","input_tokens":2,"cache_creation_input_tokens":21874,"cache_read_input_tokens":32238,"output_tokens":2},{"type":"fallback_message","input_tokens":2,"cache_creation_input_tokens":0,"cache_read_input_tokens":54112,"output_tokens":136}]}}}',
  '{"type":"last-prompt","sessionId":"S","leafUuid":"a4","lastPrompt":"hi"}',
];

test('the examples of the format say what they stand for', async () => {
  const file = path.join(tempFolder(), 'transcript.jsonl');
  const saysAfter = async (count: number) => {
    writeFileSync(file, transcriptOf(...examples.slice(0, count)));
    const { facts, unexportedMessages } = await readAfresh(file);
    return {
      usedTokens: facts.reading?.usedTokens,
      promptTokens: facts.reading?.promptTokens,
      postTokens: facts.justCompacted?.postTokens,
      unexportedMessages,
    };
  };
  const first = { usedTokens: 51_743, promptTokens: 51_203, postTokens: undefined };
  expect(await saysAfter(1)).toEqual({ ...first, unexportedMessages: 1 });
  expect(await saysAfter(2)).toEqual({ ...first, unexportedMessages: 2 });
  expect(await saysAfter(3)).toEqual({ ...first, postTokens: 18_000, unexportedMessages: 2 });
  expect(await saysAfter(6)).toEqual({ ...first, postTokens: 18_000, unexportedMessages: 4 });
  const after = { usedTokens: 54_250, promptTokens: 54_114, postTokens: undefined, unexportedMessages: 5 };
  expect(await saysAfter(7)).toEqual(after);
  expect(await saysAfter(8)).toEqual(after);
  expect((await readAfresh(file)).facts).toMatchObject({
    reading: { model: 'claude-opus-4-8' },
    firstPromptTokens: 51_203,
    compactions: 1,
    oneMillionModels: ['claude-opus-4-6[1m]'],
    cwd: '/w',
    version: '2.1.330',
    badLines: 0,
  });
});

test('behind any part of a record that was cut the next one is found', () => {
  const answerUserAndRider = examples.filter((_, index) => index === 0 || index === 3 || index === 7);
  const missed = examples.flatMap((line) =>
    answerUserAndRider.flatMap((next) => {
      const found = { ...readTranscriptLine(next), damaged: true };
      const cuts = Array.from({ length: line.length - 1 }, (_, index) => line.slice(0, index + 1));
      return cuts.filter((part) => !isDeepStrictEqual(readTranscriptLine(part + next), found));
    }),
  );
  expect(missed).toEqual([]);
});
