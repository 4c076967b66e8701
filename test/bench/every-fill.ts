import path from 'node:path';
import { findCcusage } from './ccusage.js';
import { runCli, runProgram } from './run-program.js';
import type { Scenario } from './scenario.js';
import { makeSessionPile } from './session-pile.js';
import { median, rounded } from './statistics.js';

/** How fast the fill of every session there is can be told, beside the usual way to ask for all sessions' usage. */
export const everyFill: Scenario = {
  name: 'every-fill',
  measures: 'every session’s fill over 900 sessions, 1 GB (`--once --active-within 0 --json`)',
  bar: '≤ 0.15 × the wall time of ccusage 20.0.24, native, on the same files',
  async measure(bench) {
    const rival = await findCcusage(bench.cacheFolder);
    const genuineFolder = path.resolve(bench.projectFolder, '../shared/transcripts');
    const share = bench.quick ? 0.2 : 1;
    const pile = makeSessionPile(bench.folder, { sessions: 900 * share, bytes: 1e9 * share, genuineFolder });
    const ours = () => runCli(bench, ['--once', '--active-within', '0', '--json', '--claude-dir', bench.folder]);
    const theirs = () =>
      rival.kind === 'missing'
        ? null
        : runProgram(rival.command, ['claude', 'session', '--json', '--offline'], {
            HOME: bench.folder,
            CLAUDE_CONFIG_DIR: bench.folder,
          });
    const wrong = wrongReadings(await ours(), pile.usedTokens);
    await theirs();
    const [ourMs, theirMs]: [number[], number[]] = [[], []];
    for (let run = 0; run < (bench.quick ? 3 : 5); run += 1) {
      ourMs.push((await ours()).milliseconds);
      const other = await theirs();
      if (other) theirMs.push(other.milliseconds);
    }
    const ratio =
      theirMs.length === 0
        ? []
        : [
            {
              name: 'share of ccusage’s time',
              value: rounded(median(ourMs) / median(theirMs)),
              unit: '×' as const,
              bar: 0.15,
            },
          ];
    return {
      kind: 'measured',
      figures: [
        ...ratio,
        { name: 'wall time, median', value: rounded(median(ourMs), 1), unit: 'ms', bar: null },
        { name: 'generated sessions read wrong', value: wrong, unit: '', bar: 0 },
      ],
      beside:
        theirMs.length === 0
          ? []
          : [{ name: 'ccusage, wall time, median', value: rounded(median(theirMs), 1), unit: 'ms' }],
      notes: [
        `${pile.sessions} sessions, ${Math.round(pile.bytes / 1e6)} MB, ${pile.genuine} of them genuine transcripts under new ids, the rest generated from a fixed seed; ${ourMs.length} runs in turn after one to warm the system's cache; starting the program belongs to the time.`,
        rival.kind === 'missing'
          ? `Without ccusage: ${rival.why}`
          : `ccusage ${rival.version} reads every line for costs, which is its task; here it stands for what asking every session costs people today.`,
      ],
      samples: { ours: ourMs.map((value) => rounded(value, 1)), ccusage: theirMs.map((value) => rounded(value, 1)) },
    };
  },
};

/** How many sessions are told with another figure than the generator knows. */
function wrongReadings({ stdout }: { readonly stdout: string }, usedTokens: ReadonlyMap<string, number>): number {
  const { sessions } = JSON.parse(stdout) as { sessions: { id: string; usedTokens: number | null }[] };
  const told = new Map(sessions.map((session) => [session.id, session.usedTokens]));
  return [...usedTokens].filter(([id, tokens]) => told.get(id) !== tokens).length;
}
