import { connect, type Socket } from 'node:net';
import { controlAnswerSchemas, maxLineBytes, type ControlAnswer, type ControlRequest } from './protocol.js';
import { readLine } from './read-line.js';

/** `no-answer`: something listens, but doesn't answer in time or not in our words. */
export type Asked<Kind extends ControlRequest['kind']> =
  | { readonly kind: 'answered'; readonly answer: ControlAnswer<Kind> }
  | { readonly kind: 'not-running' }
  | { readonly kind: 'no-answer'; readonly message: string };

/** Asks the running instance one question over the first of `sockets` that is listened on. Never throws. */
export async function askRunning<Request extends ControlRequest>(options: {
  readonly sockets: readonly string[];
  readonly request: Request;
  readonly timeoutMilliseconds: number;
}): Promise<Asked<Request['kind']>> {
  for (const path of options.sockets) {
    const connection = await open(path, options.timeoutMilliseconds);
    if (connection.kind === 'absent') continue;
    if (connection.kind === 'failed') return { kind: 'no-answer', message: connection.message };
    return converse(connection.socket, options.request, options.timeoutMilliseconds);
  }
  return { kind: 'not-running' };
}

async function converse<Request extends ControlRequest>(
  socket: Socket,
  request: Request,
  timeoutMilliseconds: number,
): Promise<Asked<Request['kind']>> {
  try {
    socket.write(`${JSON.stringify(request)}\n`);
    const line = await readLine(socket, maxLineBytes.answer, timeoutMilliseconds);
    const answer = controlAnswerSchemas[request.kind].parse(JSON.parse(line)) as ControlAnswer<Request['kind']>;
    return { kind: 'answered', answer };
  } catch (error) {
    return { kind: 'no-answer', message: error instanceof Error ? error.message : String(error) };
  } finally {
    socket.destroy();
  }
}

type Opened =
  | { readonly kind: 'open'; readonly socket: Socket }
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly message: string };

/** Nobody listens: no such socket, left over from an instance that has ended, or not a socket at all. */
const absentCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'ENOTDIR']);

function open(path: string, timeoutMilliseconds: number): Promise<Opened> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const timer = setTimeout(() => fail('The connection was not taken in time.'), timeoutMilliseconds);
    const fail = (message: string) => {
      socket.destroy();
      resolve({ kind: 'failed', message });
    };
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve({ kind: 'open', socket });
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (absentCodes.has(error.code)) resolve({ kind: 'absent' });
      else fail(error.message);
    });
  });
}
