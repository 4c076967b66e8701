import { askRunning } from '../control/control-client.js';
import type { ControlAnswer, ControlRequest } from '../control/protocol.js';
import { oneLine } from '../support/one-line.js';
import type { OpenRun } from './open-run.js';
import type { World } from './world.js';

/** The export in hand comes first, and each may take as long as its scripts. */
const answerMilliseconds = 600_000;

/** `failed`: it refused, or gave no answer; why was printed. */
export type InstanceAnswer<Kind extends ControlRequest['kind']> =
  | { readonly kind: 'answered'; readonly answer: Exclude<ControlAnswer<Kind>, { readonly kind: 'refused' }> }
  | { readonly kind: 'not-running' | 'failed' };

/** Asks the running instance to do something, and waits for its end. `notDone` completes "The running instance did not". */
export async function askInstance<Request extends ControlRequest>(
  world: World,
  run: OpenRun,
  { request, notDone }: { readonly request: Request; readonly notDone: string },
): Promise<InstanceAnswer<Request['kind']>> {
  const asked = await askRunning({
    sockets: run.paths.controlSockets,
    request,
    timeoutMilliseconds: answerMilliseconds,
  });
  if (asked.kind === 'not-running') return asked;
  if (asked.kind === 'answered' && asked.answer.kind !== 'refused') {
    return { kind: 'answered', answer: asked.answer as never };
  }
  const reason: object = asked.kind === 'answered' ? asked.answer : asked;
  const words = 'message' in reason ? oneLine(String(reason.message)) : '';
  await world.stderr.write(`The running instance did not ${notDone}: ${words}\n`);
  return { kind: 'failed' };
}
