import type { Socket } from 'node:net';
import type { AppState } from '../../shared/app-state.js';
import type { CommandAnswer } from '../../shared/command-answer.js';
import type { ExportNowAnswer } from '../../shared/export-answer.js';
import type { PendingAnswer } from '../../shared/pending-answer.js';
import type { Log } from '../support/log.js';
import { bindSocket } from './bind-socket.js';
import { controlRequestSchema, maxLineBytes, type ControlAnswer, type ControlRequest } from './protocol.js';
import { readLine } from './read-line.js';

/** What the running instance does when it is asked; the engine's methods and the shell's. */
export interface ControlHandlers {
  readonly state: () => AppState;
  readonly exportNow: (sessionId: string | null) => Promise<ExportNowAnswer>;
  readonly retryPending: (name: string | null) => Promise<PendingAnswer>;
  readonly setPendingAside: (name: string) => Promise<PendingAnswer>;
  readonly bringPendingBack: (name: string) => Promise<PendingAnswer>;
  readonly confirmCommand: (code: string | null) => CommandAnswer;
  /** Shows the popover; null where there is none (headless). */
  readonly show: (() => void) | null;
  /** Begins the end and returns at once. */
  readonly stop: () => void;
}

/** `taken`: another instance listens. */
export type StartedControlServer =
  | { readonly kind: 'listening'; readonly stop: () => Promise<void> }
  | { readonly kind: 'taken' }
  | { readonly kind: 'failed'; readonly error: Error };

const requestTimeoutMilliseconds = 10_000;

/**
 * Listens for other processes of the same user: `--status`, `--stop`, a second start. Being the one that listens is
 * the lock of the context storage, so this comes first; questions wait until `handlers` are there.
 */
export async function startControlServer(options: {
  readonly sockets: readonly string[];
  readonly pid: number;
  readonly appVersion: string;
  readonly handlers: Promise<ControlHandlers>;
  readonly log: Log;
}): Promise<StartedControlServer> {
  const { sockets, log } = options;
  const bound = await bindSocket(sockets);
  if (bound.kind !== 'bound') return bound;
  const { server } = bound;
  const connections = new Set<Socket>();
  server.maxConnections = 64;
  server.on('error', (error) => log.warn(`The control socket has a fault: ${error.message}`));
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    void serve(socket).catch((error: unknown) => {
      log.debug(`A question over the control socket came to nothing: ${String(error)}`);
      socket.destroy();
    });
  });

  async function serve(socket: Socket): Promise<void> {
    const line = await readLine(socket, maxLineBytes.request, requestTimeoutMilliseconds);
    socket.setTimeout(0);
    const answer = await answerTo(line);
    socket.end(`${JSON.stringify(answer)}\n`);
  }

  async function answerTo(line: string): Promise<ControlAnswer> {
    try {
      const request = controlRequestSchema.safeParse(JSON.parse(line));
      if (!request.success) return { kind: 'refused', message: 'The question was not understood.' };
      return await answerRequest(request.data, options);
    } catch (error) {
      return { kind: 'refused', message: error instanceof Error ? error.message : String(error) };
    }
  }

  return {
    kind: 'listening',
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroySoon();
      }),
  };
}

async function answerRequest(
  request: ControlRequest,
  { pid, appVersion, handlers }: { pid: number; appVersion: string; handlers: Promise<ControlHandlers> },
): Promise<ControlAnswer> {
  if (request.kind === 'hello') return { kind: 'hello', pid, appVersion };
  const all = await handlers;
  const { state, exportNow, confirmCommand, show, stop } = all;
  switch (request.kind) {
    case 'status':
      return { kind: 'status', pid, state: state() };
    case 'stop':
      stop();
      return { kind: 'stopping', pid, waitingFor: workInHand(state()) };
    case 'show':
      if (show === null) return { kind: 'refused', message: 'The running instance is headless: it has no popover.' };
      show();
      return { kind: 'shown', pid };
    case 'act-on-pending':
      return { kind: 'act-on-pending', pid, answer: await actOnPending(all, request) };
    case 'confirm-command':
      return { kind: 'confirm-command', pid, answer: confirmCommand(request.code) };
    case 'export-now':
      return { kind: 'export-now', pid, answer: await exportNow(request.sessionId) };
  }
}

function actOnPending(
  handlers: ControlHandlers,
  { action, name }: Extract<ControlRequest, { kind: 'act-on-pending' }>,
): Promise<PendingAnswer> {
  if (action === 'retry') return handlers.retryPending(name);
  return action === 'set-aside' ? handlers.setPendingAside(name ?? '') : handlers.bringPendingBack(name ?? '');
}

/** What has to be finished before the end, in words. */
function workInHand({ sessions, pendingExports }: AppState): string[] {
  const exporting = sessions.filter((session) => session.exporting).map(({ project }) => `the export of ${project}`);
  const processing = pendingExports
    .filter((pending) => pending.state === 'processing')
    .map(({ name }) => `the processing of ${name}`);
  return [...exporting, ...processing];
}
