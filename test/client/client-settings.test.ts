import { describe, expect, test } from 'vitest';
import { followClientSettings } from '../../src/main/sessions/client-settings.js';
import { clientIsHere, startScene } from './scene.js';
import { compactionSummary, reply } from './stand-in/answer.js';

/** What the settings of the left make of the compaction of a window of 200 000; null: never by itself. */
const cases = [
  { settings: { autoCompactWindow: 150_000 }, model: 'claude-haiku-4-5', line: 150_000 - 33_000 },
  {
    settings: { autoCompactWindow: 180_000, env: { CLAUDE_CODE_AUTO_COMPACT_WINDOW: '120k' } },
    model: 'claude-opus-4-6',
    line: 120_000 - 33_000,
  },
  {
    settings: {
      autoCompactWindow: 190_000,
      modelSettings: { 'claude-haiku-4-5': { autoCompactWindow: 160_000 } },
    },
    model: 'claude-haiku-4-5',
    line: 160_000 - 33_000,
  },
  { settings: { env: { CLAUDE_AUTOCOMPACT_PCT_OVERRIDE: '50' } }, model: 'claude-opus-4-6', line: 90_000 },
  { settings: { env: { DISABLE_AUTO_COMPACT: '1' } }, model: 'claude-opus-4-6', line: null },
] as const;

describe.skipIf(!clientIsHere)('the client compacts where its settings say', () => {
  test.each(cases)('$settings', async ({ settings, model, line }) => {
    const scene = await startScene(settings);
    const now = () => new Date();
    const { hints } = await followClientSettings({ configFolder: scene.home.claudeDir, managedFile: '/none', now })();
    const set = hints.autoCompactWindowByModel[model] ?? hints.autoCompactWindowTokens ?? 200_000;
    const room = Math.min(200_000, set) - 20_000;
    const byPercent = Math.floor((room * (hints.autoCompactPercent ?? 100)) / 100);
    expect(hints.autoCompactOff ? null : Math.min(room - 13_000, byPercent)).toBe(line);

    const compactions = (): number =>
      scene.api.exchanges.filter(({ request }) => request.asker === 'compaction').length;
    scene.api.plan('compaction', compactionSummary(100_000));
    const below = (line ?? 167_000) - 100 - 120;
    scene.api.plan('main', reply(below), reply(below + 150));
    for (const prompt of ['Up to the line.', 'Over it.']) await scene.ask(prompt, { model });
    expect(compactions()).toBe(0);
    await scene.ask('Go on.', { model });
    expect(compactions()).toBe(line === null ? 0 : 1);
  });
});
