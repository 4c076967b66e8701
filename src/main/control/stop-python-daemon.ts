import { endProcess } from './end-process.js';
import { isPythonDaemon } from './process-facts.js';

/** `not-a-daemon`: no such process, or another program has its number now. */
export type StoppedDaemon =
  | { readonly kind: 'ended' }
  | { readonly kind: 'not-a-daemon' }
  | { readonly kind: 'failed'; readonly message: string };

/** Ends the Python daemon with this process id as its own `--stop` does: SIGTERM, five seconds, SIGKILL. Never another program. */
export async function stopPythonDaemon(pid: number): Promise<StoppedDaemon> {
  if (!(await isPythonDaemon(pid))) return { kind: 'not-a-daemon' };
  try {
    const ended = await endProcess({ pid, isStillThat: () => isPythonDaemon(pid), onSignal: () => Promise.resolve() });
    if (ended === 'survived') return { kind: 'failed', message: `The daemon (PID ${pid}) still runs after SIGKILL.` };
    return { kind: 'ended' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', message: `The daemon (PID ${pid}) could not be ended: ${reason}` };
  }
}
