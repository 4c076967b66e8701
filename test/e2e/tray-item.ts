import { z } from 'zod';
import { decodeFilledPercent } from '../support/decode-gauge.js';
import { waitUntil } from '../support/wait-until.js';
import { busVariant, type DesktopBus } from './desktop-bus.js';

/** The app's icon as the panel has it. */
export interface TrayItem {
  /** How full the gauge in the received image is, `hollow` where it shows no reading, null where it is no ring in colour. */
  readonly filledPercent: () => Promise<number | 'hollow' | null>;
  readonly tooltip: () => Promise<string>;
  /** The labels of the menu's rows; a separator is an empty one, a row that can't be chosen is in brackets. */
  readonly menu: () => Promise<readonly string[]>;
  /** Chooses the row with this label, as the panel does. */
  readonly choose: (label: string) => Promise<void>;
  readonly menuPlace: () => Promise<unknown>;
}

const watcher = {
  destination: 'org.kde.StatusNotifierWatcher',
  path: '/StatusNotifierWatcher',
  interface: 'org.kde.StatusNotifierWatcher',
};
const pixmaps = z.array(z.tuple([z.int(), z.int(), z.instanceof(Uint8Array)])).min(1);
const layout = z.tuple([
  z.int(),
  z.record(z.string(), z.unknown()),
  z.array(
    z.tuple([
      z.int(),
      z.looseObject({ label: z.string().default(''), enabled: z.boolean().default(true) }),
      z.array(z.unknown()),
    ]),
  ),
]);

/** Whether a decoded gauge shows this percent: to 5 points, less than an eye sees in a tray. */
export function isNear(filledPercent: number | 'hollow' | null, percent: number): boolean {
  return typeof filledPercent === 'number' && Math.abs(filledPercent - percent) <= 5;
}

/** How many icons the panel has of this process. */
export async function countTrayItems(bus: DesktopBus, pid: number): Promise<number> {
  return (await itemsOf(bus, pid)).length;
}

/** Waits until the panel's watcher lists an icon of this process. */
export async function findTrayItem(bus: DesktopBus, pid: number): Promise<TrayItem> {
  const item = await waitUntil('the icon to be registered with the panel', async () => (await itemsOf(bus, pid))[0]);
  const property = (name: string) => bus.property({ ...item, interface: 'org.kde.StatusNotifierItem' }, name);
  const menuPlace = () => property('Menu');
  const callMenu = async (member: string, signature: string, body: readonly unknown[]): Promise<unknown> =>
    bus.call({
      destination: item.destination,
      path: z.string().parse(await menuPlace()),
      interface: 'com.canonical.dbusmenu',
      member,
      signature,
      body,
    });
  const rows = async () => layout.parse(await callMenu('GetLayout', 'iias', [0, -1, []]))[2];
  return {
    filledPercent: async () => filledPercentOf(await property('IconPixmap')),
    tooltip: async () => z.tuple([z.string(), z.unknown(), z.string(), z.string()]).parse(await property('ToolTip'))[2],
    menu: async () => (await rows()).map(([, { label, enabled }]) => (enabled ? label : `(${label})`)),
    async choose(label) {
      const click = async (): Promise<unknown> => {
        const [id] = (await rows()).find(([, row]) => row.label === label) ?? [];
        if (id === undefined) throw new Error(`The menu has no row "${label}".`);
        return callMenu('Event', 'isvu', [id, 'clicked', busVariant('i', 0), Math.floor(Date.now() / 1_000)]);
      };
      // A menu that was made anew between the look and the click knows the row no more: a panel looks again as well.
      await click().catch((error: unknown) => {
        if (String(error).includes('error occurred in Event')) return click();
        throw error;
      });
    },
    menuPlace,
  };
}

interface ItemPlace {
  readonly destination: string;
  readonly path: string;
}

async function itemsOf(bus: DesktopBus, pid: number): Promise<readonly ItemPlace[]> {
  const names = z.array(z.string()).parse(await bus.property(watcher, 'RegisteredStatusNotifierItems'));
  const places = names.map((name) => {
    const slash = name.includes('/') ? name.indexOf('/') : name.length;
    return { destination: name.slice(0, slash), path: name.slice(slash) || '/StatusNotifierItem' };
  });
  const owners = await Promise.all(places.map(({ destination }) => pidOf(bus, destination)));
  return places.filter((_place, index) => owners[index] === pid);
}

/** Null for a program that has left the bus meanwhile. */
async function pidOf(bus: DesktopBus, name: string): Promise<unknown> {
  const dbus = 'org.freedesktop.DBus';
  const call = { destination: dbus, path: '/org/freedesktop/DBus', interface: dbus, signature: 's', body: [name] };
  return bus.call({ ...call, member: 'GetConnectionUnixProcessID' }).catch(() => null);
}

/** Reads the largest of the images: 32-bit ARGB, big-endian. */
function filledPercentOf(value: unknown): number | 'hollow' | null {
  const largest = pixmaps.parse(value).toSorted((one, other) => other[0] - one[0])[0];
  if (largest === undefined || largest[0] !== largest[1]) throw new Error('The icon is not a square.');
  const [size, , argb] = largest;
  const rgba = Uint8Array.from(argb, (_byte, at) => argb[at % 4 === 3 ? at - 3 : at + 1] ?? 0);
  return decodeFilledPercent(rgba, size);
}
