import type { ExportNowAnswer, ExportOutcome } from '../../shared/export-answer.js';
import { askRunning } from '../control/control-client.js';
import { oneLine } from '../support/one-line.js';
import { openQuietLog } from './open-quiet-log.js';
import { openRunOrSay } from './open-run.js';
import type { RunOptions } from './parse-arguments.js';
import { startRun } from './start-run.js';
import type { ExitCode, World } from './world.js';

/** An export waits for the one in hand, and each may take as long as its scripts. */
const answerMilliseconds = 600_000;

/** `--export-now`: through the running instance if there is one, else with an engine of its own for the moment. */
export async function runExportNow(world: World, options: RunOptions, session: string | null): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const asked = await askRunning({
    sockets: run.paths.controlSockets,
    request: { kind: 'export-now', sessionId: session },
    timeoutMilliseconds: answerMilliseconds,
  });
  if (asked.kind === 'not-running') return exportHere(world, options, session);
  if (asked.kind === 'answered' && asked.answer.kind === 'export-now') return report(world, asked.answer.answer);
  const reason = asked.kind === 'answered' ? asked.answer : asked;
  await world.stderr.write(
    `The running instance did not export: ${'message' in reason ? oneLine(reason.message) : ''}\n`,
  );
  return 1;
}

async function exportHere(world: World, options: RunOptions, session: string | null): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'write');
  if (!run) return 2;
  const log = openQuietLog(world, run);
  try {
    const extras = { run, log, demo: false, automaticExports: false, show: null, onStop: () => undefined };
    const started = await startRun(world, options, extras);
    if (started.kind === 'refused') return started.exitCode;
    try {
      await started.engine.settled();
      return await report(world, await started.engine.exportNow(session));
    } finally {
      await started.stop();
    }
  } finally {
    log.close();
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
