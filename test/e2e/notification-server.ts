import { z } from 'zod';
import type { DesktopBus } from './desktop-bus.js';

/** A notification as the desktop's server (dunst) has kept it: markup, as it was sent. */
export interface KeptNotification {
  /** Grows with each notification of the desktop: tests share its history. */
  readonly id: number;
  readonly appName: string;
  readonly summary: string;
  readonly body: string;
}

const server = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.dunstproject.cmd0',
};
const kept = z.array(z.looseObject({ id: z.int(), appname: z.string(), summary: z.string(), body: z.string() }));

/** How many bubbles are on the screen now. */
export async function countBubbles(bus: DesktopBus): Promise<number> {
  return z.int().parse(await bus.property(server, 'displayedLength'));
}

/** Does what a click on the newest bubble does. */
export async function chooseNewestBubble(bus: DesktopBus): Promise<void> {
  await bus.call({ ...server, member: 'NotificationAction', signature: 'u', body: [0] });
}

/** Closes all bubbles, which puts them into the server's history, and hands that back: the newest first. */
export async function readNotifications(bus: DesktopBus): Promise<readonly KeptNotification[]> {
  await bus.call({ ...server, member: 'NotificationCloseAll' });
  const history = kept.parse(await bus.call({ ...server, member: 'NotificationListHistory' }));
  return history.map(({ id, appname, summary, body }) => ({ id, appName: appname, summary, body }));
}

/** A reader of what is told from now on: tests share the desktop, and with it the notices of those before. */
export async function readerOfNewNotifications(bus: DesktopBus): Promise<() => Promise<readonly KeptNotification[]>> {
  const newestBefore = Math.max(0, ...(await readNotifications(bus)).map(({ id }) => id));
  return async () => (await readNotifications(bus)).filter(({ id }) => id > newestBefore);
}
