import type { PendingAnswer } from '../../shared/pending-answer.js';
import { archiveLayout } from '../archive/archive-layout.js';
import { lookAt } from '../archive/pending-files.js';
import { bringBack, setAside } from '../archive/set-aside.js';
import { claimInstance } from '../control/instance.js';
import { broughtBackAnswer } from '../engine/pending-actions.js';
import { StorageError } from '../export/storage-error.js';
import { oneLine } from '../support/one-line.js';
import { askInstance } from './ask-instance.js';
import { openQuietLog } from './open-quiet-log.js';
import { openRunOrSay, type OpenRun } from './open-run.js';
import type { Command, RunOptions } from './parse-arguments.js';
import { withOwnEngine } from './with-own-engine.js';
import type { ExitCode, World } from './world.js';

type PendingCommand = Extract<Command, { readonly name: 'retry' | 'set-aside' | 'bring-back' }>;

/** `--retry`, `--set-aside`, `--bring-back`: through the running instance if there is one, else in this process. */
export async function runPendingAction(world: World, options: RunOptions, command: PendingCommand): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const request = { kind: 'act-on-pending', action: command.name, name: command.file } as const;
  const asked = await askInstance(world, run, { request, notDone: 'do it' });
  switch (asked.kind) {
    case 'failed':
      return 1;
    case 'answered':
      return report(world, asked.answer.answer);
    case 'not-running':
      if (command.name !== 'retry') return moveHere(world, run, command);
      return withOwnEngine(world, options, async (engine) => report(world, await engine.retryPending(command.file)));
  }
}

/** Without an engine, which would begin to process what is to be moved; but as the one owner of the storage. */
async function moveHere(
  world: World,
  run: OpenRun,
  { name: action, file }: Extract<PendingCommand, { readonly name: 'set-aside' | 'bring-back' }>,
): Promise<ExitCode> {
  const layout = archiveLayout(run.paths.contextStorage);
  const log = openQuietLog(world, run);
  const nobody = Promise.reject<never>(new Error('This run answers no questions.'));
  nobody.catch(() => undefined);
  try {
    const instance = await claimInstance({
      paths: run.paths,
      appVersion: world.appVersion,
      handlers: nobody,
      log,
      onPidFileFault: () => undefined,
    });
    if (instance.kind !== 'claimed') {
      await world.stderr.write('Another instance has just started. Try again.\n');
      return 3;
    }
    try {
      if (action === 'bring-back') return await report(world, broughtBackAnswer(file, await bringBack(file, layout)));
      if ((await lookAt(layout.exportsPending, file)) === null) return await report(world, notPending(file));
      const target = await setAside(file, layout);
      return await report(world, { kind: 'done', message: `Set aside: ${layout.setAside}/${target}` });
    } finally {
      await instance.release();
    }
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return report(world, { kind: 'failed', message: error.message, mend: error.mend });
  } finally {
    log.close();
  }
}

function notPending(file: string): PendingAnswer {
  return { kind: 'unknown', message: `No pending file is named ${oneLine(file, 200)}. See them with --pending.` };
}

async function report(world: World, answer: PendingAnswer): Promise<ExitCode> {
  if (answer.kind === 'done') {
    await world.stdout.write(`${oneLine(answer.message)}\n`);
    return 0;
  }
  await world.stderr.write(`${oneLine(answer.message)}${answer.kind === 'failed' ? ` ${oneLine(answer.mend)}` : ''}\n`);
  return answer.kind === 'unknown' ? 2 : 1;
}
