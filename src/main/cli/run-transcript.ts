import { readTranscript, writeTranscript } from '../archive/transcript/write-transcript.js';
import { StorageError } from '../export/storage-error.js';
import { oneLine } from '../support/one-line.js';
import { openRunOrSay } from './open-run.js';
import type { Command, RunOptions } from './parse-arguments.js';
import { stopAtSignal } from './stop-at-signal.js';
import type { ExitCode, World } from './world.js';

/**
 * `--transcript`: a session from the archive to be read, as Markdown on stdout or in a file, beside whatever runs. 1 where
 * something is damaged (the transcript says where), was refused or failed; 2 for an unknown session.
 */
export async function runTranscript(
  world: World,
  options: RunOptions,
  { session, format, to }: Extract<Command, { readonly name: 'transcript' }>,
): Promise<ExitCode> {
  const run = await openRunOrSay(world, options, 'read');
  if (!run) return 2;
  const { maskSecrets } = run.settings.current();
  const stopping = stopAtSignal(world);
  const { signal } = stopping;
  const say = (text: string) => world.stderr.write(`${text}\n`);
  const sayTroubles = async (troubles: readonly string[]): Promise<ExitCode> => {
    for (const trouble of troubles) await say(oneLine(trouble, 1000));
    return troubles.length > 0 ? 1 : 0;
  };
  try {
    if (format === 'markdown' && to === null) {
      const troubles: string[] = [];
      const onTrouble = (text: string): void => void troubles.push(text);
      const read = await readTranscript(session, run.paths, { signal, maskSecrets, onTrouble });
      if (read.kind === 'unknown-session') {
        await say(oneLine(read.message, 1000));
        return 2;
      }
      for await (const piece of read.pieces) await world.stdout.write(piece);
      return await sayTroubles(troubles);
    }
    const request = { session, format, folders: run.paths, maskSecrets, target: to };
    const outcome = await writeTranscript(request, { signal, now: world.now });
    switch (outcome.kind) {
      case 'unknown-session':
        await say(oneLine(outcome.message, 1000));
        return 2;
      case 'refused':
        await say(`Not written. ${oneLine(outcome.message, 1000)} ${oneLine(outcome.mend)}`);
        return 1;
      case 'written':
      case 'current': {
        const words = outcome.kind === 'written' ? 'Written' : 'Nothing new since it was written';
        await world.stdout.write(`${words}: ${oneLine(outcome.path, 1000)}\n`);
        return await sayTroubles(outcome.troubles);
      }
    }
  } catch (error) {
    if (signal.aborted) await say('Stopped. No transcript was written.');
    else if (error instanceof StorageError) await say(`${oneLine(error.message, 1000)} ${oneLine(error.mend)}`);
    else throw error;
    return 1;
  } finally {
    stopping.forget();
  }
}
