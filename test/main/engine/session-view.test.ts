import { describe, expect, test } from 'vitest';
import { viewSession } from '../../../src/main/engine/session-view.js';
import { noClientHints } from '../../../src/main/sessions/client-hints.js';
import { type ContextKnowledge, nothingKnown } from '../../../src/main/meter/context-knowledge.js';
import { groupLearnt } from '../../../src/main/meter/learnt-compactions.js';
import { parseEntry } from '../../../src/main/sessions/entry-parser.js';
import { emptyFacts, foldEntry } from '../../../src/main/sessions/transcript-facts.js';
import { defaultSettings } from '../../../src/shared/default-settings.js';
import { answerLine, boundaryLine, promptLine } from '../../support/transcript-lines.js';

const file = { id: 's1', path: '/p/s1.jsonl', folder: '/p', modifiedAtMs: 0, sizeBytes: 0, inode: 1 };

function view(lines: readonly string[], known: ContextKnowledge = nothingKnown) {
  const facts = lines.map(parseEntry).reduce((so, entry) => (entry === null ? so : foldEntry(so, entry)), emptyFacts());
  const snapshot = {
    facts,
    complete: true,
    endsMidLine: false,
    sizeBytes: 0,
    modifiedAtMs: 0,
    inode: 1,
    completeBytes: 0,
    exportedBytes: 0,
    unexportedMessages: 0,
    hasSomethingNew: false,
    restarted: false,
    bytesRead: 0,
    linesParsed: 0,
  };
  const rest = { ledger: null, live: true, client: null, exporting: false, mute: null, dismissed: false };
  const knowledge = { file, snapshot, ...rest };
  return viewSession(knowledge, defaultSettings, known);
}

/** A session that grows by 5000 tokens a turn, each of 2 minutes, to 136 000. */
const steady = Array.from({ length: 5 }, (_, turn) => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 10, 2 * turn + minute)).toISOString();
  const used = 116_000 + 5000 * turn;
  return [
    promptLine({ uuid: `u${turn}`, line: { timestamp: at(0) } }),
    answerLine({
      uuid: `a${turn}`,
      messageId: `m${turn}`,
      promptTokens: used,
      outputTokens: 0,
      line: { timestamp: at(1) },
    }),
  ];
}).flat();
const next = promptLine({ uuid: 'u9', line: { timestamp: '2026-11-01T10:10:00.000Z' } });

describe('the compaction line and the forecast', () => {
  test('by the rule, at the pace of the turns that have ended', () => {
    expect(view([...steady, next])).toMatchObject({
      usedTokens: 136_000,
      compactionLine: { tokens: 167_000, percent: 83.5, source: 'rule', learntFrom: 0 },
      forecast: { to: 'compaction', turnsLeft: 6, minutesLeft: 12, tokensPerTurn: 5000, tokensPerMinute: 2500 },
    });
  });

  test('learnt from other sessions', () => {
    const learnt = [{ model: 'claude-opus-4-6', preTokens: 151_000, at: '2026-10-01T10:00:00.000Z' }];
    expect(view([...steady, next], { hints: noClientHints, learnt: groupLearnt(learnt) })).toMatchObject({
      windowSource: 'learnt',
      compactionLine: { tokens: 151_000, percent: 75.5, source: 'learnt', learntFrom: 1 },
      forecast: { turnsLeft: 3, minutesLeft: 6 },
    });
  });

  test('learnt from the session’s own compactions', () => {
    const boundary = boundaryLine({ trigger: 'auto', preTokens: 167_400 });
    const after = answerLine({ uuid: 'b', messageId: 'b', promptTokens: 30_000 });
    expect(view([...steady, boundary, after])).toMatchObject({
      compactionLine: { tokens: 167_400, source: 'learnt', learntFrom: 1 },
      forecast: null,
    });
  });

  test('from the client’s settings: no compaction, so to the full window', () => {
    const hints = { ...noClientHints, autoCompactOff: true };
    expect(view([...steady, next], { ...nothingKnown, hints })).toMatchObject({
      compactionLine: { tokens: null, percent: null, source: 'settings' },
      forecast: { to: 'full', turnsLeft: 12 },
    });
  });

  test('from the client’s settings: a small window', () => {
    const hints = { ...noClientHints, disableOneMillion: true };
    const fable = answerLine({ model: 'claude-fable-5' });
    expect(view([fable])).toMatchObject({ windowTokens: 1_000_000, compactionLine: { tokens: 967_000 } });
    expect(view([fable], { ...nothingKnown, hints })).toMatchObject({
      windowTokens: 200_000,
      windowSource: 'requested',
      compactionLine: { tokens: 167_000 },
    });
  });

  test('no forecast from an estimate; no line without a window', () => {
    const compacted = boundaryLine({ trigger: 'manual', preTokens: 136_000, postTokens: 2000 });
    expect(view([...steady, next, compacted])).toMatchObject({
      estimated: true,
      compactionLine: { tokens: 167_000 },
      forecast: null,
    });
    expect(view([next])).toMatchObject({ state: 'unknown', compactionLine: null, forecast: null });
  });
});
