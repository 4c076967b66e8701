import type { ExportNowAnswer, ExportOutcome } from '../../shared/export-answer.js';
import { oneLine } from '../support/one-line.js';
import { askInstance } from './ask-instance.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import { withOwnEngine } from './with-own-engine.js';
import type { ExitCode, World } from './world.js';

/** `--export-now`: through the running instance if there is one, else with an engine of its own for the moment. */
export async function runExportNow(world: World, options: RunOptions, session: string | null): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const request = { kind: 'export-now', sessionId: session } as const;
  const asked = await askInstance(world, run, { request, notDone: 'export' });
  switch (asked.kind) {
    case 'failed':
      return 1;
    case 'answered':
      return report(world, asked.answer.answer);
    case 'not-running':
      return withOwnEngine(world, options, async (engine) => {
        await engine.settled();
        return report(world, await engine.exportNow(session));
      });
  }
}

async function report(world: World, answer: ExportNowAnswer): Promise<ExitCode> {
  if (answer.kind !== 'done') {
    await world.stderr.write(`${oneLine(answer.message)}\n`);
    return answer.kind === 'unknown-session' ? 2 : 1;
  }
  const { outcomes } = answer;
  if (outcomes.length === 0) await world.stdout.write('Nothing new to export: no session is live.\n');
  for (const outcome of outcomes) await reportOutcome(world, outcome);
  return outcomes.some(({ kind }) => kind === 'failed') ? 1 : 0;
}

function reportOutcome(world: World, outcome: ExportOutcome): Promise<void> {
  const id = oneLine(outcome.sessionId, 60);
  switch (outcome.kind) {
    case 'exported':
      return world.stdout.write(`Exported: ${oneLine(outcome.path)} (${outcome.messages} messages of ${id})\n`);
    case 'nothing-new':
      return world.stdout.write(`Nothing new in ${id}\n`);
    case 'failed':
      return world.stderr.write(`Export of ${id} failed: ${oneLine(outcome.message)} ${oneLine(outcome.mend)}\n`);
  }
}
