import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import dbus from 'dbus-next';
import { onTestFinished } from 'vitest';
import type { Scene } from './scene.js';

/** A session bus on which nothing is offered: a desktop with neither panel nor notification server. */
export interface BareBus {
  readonly address: string;
  /** A panel comes up; hands back the icons that register with it, as they do. */
  readonly startPanel: () => Promise<readonly string[]>;
}

const watcher = 'org.kde.StatusNotifierWatcher';
/** The usual bus, which starts no services and lets root in: the tests may run as root, and the app as an ordinary user. */
const settings = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
  <policy context="mandatory"><allow user="*"/></policy>
</busconfig>
`;

/** Starts such a bus as the scene's user until the test is over. Start the app after it: losing the bus would end it. */
export async function startBareBus(scene: Scene): Promise<BareBus> {
  const file = path.join(scene.temporary, 'bus.conf');
  scene.write(file, settings);
  const daemon = spawn(
    scene.asUser,
    ['dbus-daemon', `--config-file=${file}`, '--nofork', '--nopidfile', '--print-address=1'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(daemon, 'exit');
  onTestFinished(async () => {
    daemon.kill();
    await ended;
  });
  const [address] = (await once(createInterface({ input: daemon.stdout }), 'line')) as [string];
  return { address, startPanel: () => startPanel(address) };
}

async function startPanel(address: string): Promise<readonly string[]> {
  const icons: string[] = [];
  class Watcher extends dbus.interface.Interface {
    get IsStatusNotifierHostRegistered(): boolean {
      return true;
    }
    RegisterStatusNotifierItem(icon: string): void {
      icons.push(icon);
    }
  }
  Watcher.configureMembers({
    properties: { IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' } },
    methods: { RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' } },
  });
  const bus = dbus.sessionBus({ busAddress: address });
  bus.on('error', () => undefined);
  onTestFinished(() => bus.disconnect());
  bus.export('/StatusNotifierWatcher', new Watcher(watcher));
  await bus.requestName(watcher, 0);
  return icons;
}
