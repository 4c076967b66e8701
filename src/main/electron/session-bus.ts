import { connect, type Socket } from 'node:net';
import { decodeMessage, encodeCall, type BusCall, type BusMessage } from './dbus-message.js';
import type { BusValue } from './dbus-reader.js';

/** A connection to the session's D-Bus, for the few questions the shell has. */
export interface SessionBus {
  /** Calls a method with string arguments; rejects when the callee answers with an error or the bus is lost. */
  readonly call: (call: Omit<BusCall, 'serial'>) => Promise<readonly BusValue[]>;
  /** Calls `listener` for every signal that a match rule lets through. */
  readonly onSignal: (rule: string, listener: (signal: BusMessage) => void) => Promise<void>;
  readonly close: () => void;
}

const busName = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

/**
 * Connects to the session bus at a D-Bus address (as in `DBUS_SESSION_BUS_ADDRESS`); rejects when there is none. Only
 * Unix sockets are understood. `onLost` is called once when the connection ends unasked.
 */
export async function connectSessionBus(address: string, onLost: (cause: Error) => void): Promise<SessionBus> {
  const socketPath = socketPathOf(address);
  if (socketPath === null) throw new Error(`The session bus address is not understood: ${address}`);
  const socket = await opened(socketPath);
  await authenticate(socket);
  const waiting = new Map<number, { resolve: (body: readonly BusValue[]) => void; reject: (cause: Error) => void }>();
  const listeners: ((signal: BusMessage) => void)[] = [];
  let lastSerial = 0;
  let received = Buffer.alloc(0);
  let closed = false;

  const end = (cause: Error): void => {
    if (closed) return;
    closed = true;
    socket.destroy();
    for (const call of waiting.values()) call.reject(cause);
    waiting.clear();
    onLost(cause);
  };
  const take = (message: BusMessage): void => {
    if (message.kind === 'signal') {
      for (const listener of listeners) listener(message);
      return;
    }
    const call = message.replySerial === null ? undefined : waiting.get(message.replySerial);
    if (call === undefined || message.replySerial === null) return;
    waiting.delete(message.replySerial);
    if (message.kind === 'return') call.resolve(message.body);
    else call.reject(new Error(`The session bus answered with an error: ${String(message.body[0] ?? 'unknown')}`));
  };
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    try {
      for (let next = decodeMessage(received); next !== null; next = decodeMessage(received)) {
        received = received.subarray(next.taken);
        take(next.message);
      }
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)));
    }
  });
  socket.on('error', end);
  socket.on('close', () => end(new Error('The session bus closed the connection.')));

  const call: SessionBus['call'] = (wanted) =>
    new Promise((resolve, reject) => {
      if (closed) {
        reject(new Error('The connection to the session bus is closed.'));
        return;
      }
      const serial = ++lastSerial;
      waiting.set(serial, { resolve, reject });
      socket.write(encodeCall({ ...wanted, serial }));
    });
  await call({ ...busName, member: 'Hello', strings: [] });
  return {
    call,
    onSignal: async (rule, listener) => {
      listeners.push(listener);
      await call({ ...busName, member: 'AddMatch', strings: [rule] });
    },
    close: () => {
      closed = true;
      waiting.clear();
      socket.destroy();
    },
  };
}

function opened(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path });
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Says who we are, the way D-Bus calls EXTERNAL: the kernel tells the bus our user, we only name it. */
function authenticate(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const settle = (error: Error | null): void => {
      socket.off('data', read);
      socket.off('error', settle);
      socket.off('close', closed);
      if (error === null) resolve();
      else reject(error);
    };
    const closed = (): void => settle(new Error('The session bus refused the connection.'));
    const read = (chunk: Buffer): void => {
      answer += chunk.toString('latin1');
      if (!answer.includes('\r\n')) return;
      if (!answer.startsWith('OK ')) {
        socket.destroy();
        settle(new Error(`The session bus refused us: ${answer.trim()}`));
        return;
      }
      socket.write('BEGIN\r\n');
      settle(null);
    };
    socket.on('data', read);
    socket.on('error', settle);
    socket.on('close', closed);
    const user = String(process.getuid?.() ?? 0);
    socket.write(`\0AUTH EXTERNAL ${Buffer.from(user).toString('hex')}\r\n`);
  });
}

/** The first Unix socket in a D-Bus address; an abstract one starts with a zero character. */
function socketPathOf(address: string): string | null {
  for (const part of address.split(';')) {
    if (!part.startsWith('unix:')) continue;
    const pairs = new Map(
      part
        .slice('unix:'.length)
        .split(',')
        .map((pair): [string, string] => {
          const [key = '', ...value] = pair.split('=');
          return [key, decodeURIComponent(value.join('='))];
        }),
    );
    const path = pairs.get('path');
    if (path !== undefined) return path;
    const abstract = pairs.get('abstract');
    if (abstract !== undefined) return `\0${abstract}`;
  }
  return null;
}
