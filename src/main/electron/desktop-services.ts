import { setTimeout } from 'node:timers/promises';
import { connectSessionBus, type SessionBus } from './session-bus.js';

/** What a Linux desktop offers an app in the tray. */
export interface DesktopServices {
  /** A panel shows status icons. */
  readonly trayHost: boolean;
  /** Capabilities of the notification server, or null where there is none. */
  readonly notifications: readonly string[] | null;
}

const noServices: DesktopServices = { trayHost: false, notifications: null };
const watcher = 'org.kde.StatusNotifierWatcher';
const server = 'org.freedesktop.Notifications';
const answerMilliseconds = 3000;
const nameChanged =
  "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0=";

/**
 * Asks the session bus (at the address in `DBUS_SESSION_BUS_ADDRESS`) for a tray host and a notification server and goes on
 * watching: `onServices` gets the first answer and every change, such as the panel that comes up after us at login. The promise
 * is kept once the first answer is given; it never rejects. Returns the undo.
 */
export async function watchDesktopServices(options: {
  readonly address: string | undefined;
  readonly onServices: (services: DesktopServices) => void;
  readonly onFault: (message: string) => void;
}): Promise<() => void> {
  const { address, onServices, onFault } = options;
  const bus = await busAt(address, onFault);
  if (bus === null) {
    onServices(noServices);
    return () => undefined;
  }
  let asked = 0;
  let stopped = false;
  const ask = async (): Promise<void> => {
    const question = ++asked;
    const [trayHost, notifications] = await Promise.all([hasTrayHost(bus), notificationCapabilities(bus)]);
    if (question === asked && !stopped) onServices({ trayHost, notifications });
  };
  const askAgain = (): void => {
    ask().catch((error: unknown) => onFault(`Asking the session bus failed: ${String(error)}`));
  };
  for (const rule of [
    `${nameChanged}'${watcher}'`,
    `${nameChanged}'${server}'`,
    `type='signal',interface='${watcher}',member='StatusNotifierHostRegistered'`,
  ]) {
    await bus.onSignal(rule, (signal) => {
      if (concernsUs(signal.member, signal.body[0])) askAgain();
    });
  }
  await ask();
  return () => {
    stopped = true;
    bus.close();
  };
}

async function busAt(address: string | undefined, onFault: (message: string) => void): Promise<SessionBus | null> {
  if (address === undefined || address === '') return null;
  try {
    return await connectSessionBus(address, (cause) => onFault(`The session bus is lost: ${cause.message}`));
  } catch (error) {
    onFault(`The session bus cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function concernsUs(member: string | null, name: unknown): boolean {
  return (
    member === 'StatusNotifierHostRegistered' ||
    (member === 'NameOwnerChanged' && (name === watcher || name === server))
  );
}

/** Whether a panel has registered; the same question that Chromium asks before it shows an icon there. */
async function hasTrayHost(bus: SessionBus): Promise<boolean> {
  const answer = await answerOf(bus, {
    destination: watcher,
    path: '/StatusNotifierWatcher',
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    strings: [watcher, 'IsStatusNotifierHostRegistered'],
  });
  return answer?.[0] === true;
}

async function notificationCapabilities(bus: SessionBus): Promise<readonly string[] | null> {
  const answer = await answerOf(bus, {
    destination: server,
    path: '/org/freedesktop/Notifications',
    interface: server,
    member: 'GetCapabilities',
    strings: [],
  });
  const capabilities = answer?.[0];
  if (answer === null) return null;
  return Array.isArray(capabilities) ? capabilities : [];
}

/** The answer to a call, or null where nobody answers to that name, or not in time. */
async function answerOf(bus: SessionBus, call: Parameters<SessionBus['call']>[0]): Promise<readonly unknown[] | null> {
  const tooLate = new AbortController();
  const noAnswer = setTimeout(answerMilliseconds, null, { signal: tooLate.signal, ref: false }).catch(() => null);
  const answer = await Promise.race([bus.call(call).catch(() => null), noAnswer]);
  tooLate.abort();
  return answer;
}
