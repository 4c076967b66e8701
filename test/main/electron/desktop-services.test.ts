import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import dbus, { type MessageBus } from 'dbus-next';
import { afterEach, expect, test } from 'vitest';
import { watchDesktopServices, type DesktopServices } from '../../../src/main/electron/desktop-services.js';

const hasBus = process.platform === 'linux' && isInstalled('dbus-daemon');
const undo: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).toReversed()) await step();
});

test('without a session bus there is neither tray nor notification server, and no fault', async () => {
  const { seen, faults } = await watch(undefined);
  expect(seen).toEqual([{ trayHost: false, notifications: null }]);
  expect(faults).toEqual([]);
});

test('an address where nobody listens is told as a fault', async () => {
  const { seen, faults } = await watch('unix:path=/nowhere/bus');
  expect(seen).toEqual([{ trayHost: false, notifications: null }]);
  expect(faults[0]).toContain('cannot be reached');
});

test.skipIf(!hasBus)('an empty desktop, then a panel and a server that come up late, are all seen', async () => {
  const address = await startBus();
  const { seen } = await watch(address);
  expect(seen).toEqual([{ trayHost: false, notifications: null }]);

  const server = await offerNotifications(address, ['body', 'body-markup']);
  await expect.poll(() => seen.at(-1)).toEqual({ trayHost: false, notifications: ['body', 'body-markup'] });

  await offerTrayHost(address, true);
  await expect.poll(() => seen.at(-1)).toEqual({ trayHost: true, notifications: ['body', 'body-markup'] });

  server.disconnect();
  await expect.poll(() => seen.at(-1)).toEqual({ trayHost: true, notifications: null });
});

test.skipIf(!hasBus)('a watcher without a panel is no tray host', async () => {
  const address = await startBus();
  await offerTrayHost(address, false);
  const { seen } = await watch(address);
  expect(seen).toEqual([{ trayHost: false, notifications: null }]);
});

async function watch(address: string | undefined): Promise<{ seen: DesktopServices[]; faults: string[] }> {
  const seen: DesktopServices[] = [];
  const faults: string[] = [];
  undo.push(
    await watchDesktopServices({
      address,
      onServices: (services) => seen.push(services),
      onFault: (message) => faults.push(message),
    }),
  );
  return { seen, faults };
}

/** A session bus of its own that starts no services. */
async function startBus(): Promise<string> {
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, XDG_DATA_DIRS: '/nonexistent', XDG_DATA_HOME: '/nonexistent' },
  });
  undo.push(async () => {
    const ended = once(daemon, 'exit');
    daemon.kill();
    await ended;
  });
  const [line] = (await once(createInterface({ input: daemon.stdout }), 'line')) as [string];
  return line;
}

function join(address: string): MessageBus {
  const bus = dbus.sessionBus({ busAddress: address });
  bus.on('error', () => undefined);
  undo.push(() => bus.disconnect());
  return bus;
}

async function offerNotifications(address: string, capabilities: string[]): Promise<MessageBus> {
  class Server extends dbus.interface.Interface {
    GetCapabilities(): string[] {
      return capabilities;
    }
  }
  Server.configureMembers({ methods: { GetCapabilities: { inSignature: '', outSignature: 'as' } } });
  const bus = join(address);
  bus.export('/org/freedesktop/Notifications', new Server('org.freedesktop.Notifications'));
  await bus.requestName('org.freedesktop.Notifications', 0);
  return bus;
}

async function offerTrayHost(address: string, registered: boolean): Promise<void> {
  class Watcher extends dbus.interface.Interface {
    get IsStatusNotifierHostRegistered(): boolean {
      return registered;
    }
  }
  Watcher.configureMembers({ properties: { IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' } } });
  const bus = join(address);
  bus.export('/StatusNotifierWatcher', new Watcher('org.kde.StatusNotifierWatcher'));
  await bus.requestName('org.kde.StatusNotifierWatcher', 0);
}

function isInstalled(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
