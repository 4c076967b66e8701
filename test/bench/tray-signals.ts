import process from 'node:process';
import dbus from 'dbus-next';

/** What the app has sent to the panel. */
export interface TraySignals {
  /** When each new icon was announced since the last call, in nanoseconds of the machine's monotonic clock. */
  readonly takeIcons: () => readonly bigint[];
  readonly stop: () => void;
}

/** Listens on the session bus as the panel does, for new icons of any program: on the bench's desktop the app is the only one. */
export async function watchTraySignals(busAddress: string): Promise<TraySignals> {
  const bus = dbus.sessionBus({ busAddress });
  let icons: bigint[] = [];
  bus.on('message', ({ member }: { member?: string }) => {
    if (member === 'NewIcon') icons.push(process.hrtime.bigint());
  });
  const dbusName = 'org.freedesktop.DBus';
  await bus.call(
    new dbus.Message({
      destination: dbusName,
      path: '/org/freedesktop/DBus',
      interface: dbusName,
      member: 'AddMatch',
      signature: 's',
      body: ["type='signal',interface='org.kde.StatusNotifierItem'"],
    }),
  );
  return {
    takeIcons() {
      const taken = icons;
      icons = [];
      return taken;
    },
    stop: () => bus.disconnect(),
  };
}
