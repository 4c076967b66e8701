import { Notification, type NotificationConstructorOptions } from 'electron';
import type { Notice } from '../views/notice.js';
import { notificationBody } from './notification-body.js';

/** Shows native notifications. */
export interface Notifications {
  readonly show: (notice: Notice) => void;
  /** What the Linux desktop's notification server can do; null where there is none. */
  readonly setServer: (capabilities: readonly string[] | null) => void;
  readonly stop: () => void;
}

/** Why notifications don't arrive, with what mends it. */
export interface NotificationFault {
  readonly message: string;
  readonly mend: string;
}

/** A click on an older one is lost; desktops keep about as many. */
const mostHeld = 100;

/** Electron 42 and later: replaces and groups on macOS and Windows. */
type Options = NotificationConstructorOptions & { readonly id?: string; readonly groupId?: string };

/**
 * Starts to show notices natively: one per subject at a time, the later in place of the earlier. A click calls `onClick` with the notice; `onFault`
 * gets the reason when they can't be shown, and null once they can.
 */
export function startNotifications(options: {
  readonly onClick: (notice: Notice) => void;
  readonly onFault: (fault: NotificationFault | null) => void;
}): Notifications {
  const { onClick, onFault } = options;
  /** Held, lest the click be lost with the garbage; the oldest first. */
  const shown = new Map<string, Notification>();
  let capabilities: readonly string[] | null = [];
  let fault = Notification.isSupported() ? null : unsupported();
  onFault(fault);

  const setFault = (next: NotificationFault | null): void => {
    if (next?.message === fault?.message) return;
    fault = next;
    onFault(next);
  };
  const close = (subject: string): void => {
    shown.get(subject)?.close();
    shown.delete(subject);
  };
  return {
    show: (notice) => {
      if (!Notification.isSupported() || capabilities === null) return;
      const contents: Options = {
        id: notice.subject,
        groupId: notice.kind ?? 'answer',
        title: notice.title,
        body: process.platform === 'linux' ? notificationBody(notice.body, capabilities) : notice.body,
        silent: notice.silent,
        urgency: notice.quiet ? 'low' : 'normal',
      };
      const notification = new Notification(contents);
      for (const subject of [notice.subject, ...notice.replaces]) close(subject);
      shown.set(notice.subject, notification);
      for (const oldest of shown.keys()) if (shown.size > mostHeld) shown.delete(oldest);
      notification.on('click', () => {
        // Some desktops leave it standing, over the popover.
        notification.close();
        onClick(notice);
      });
      notification.on('show', () => setFault(null));
      notification.on('failed', (_event, error) => setFault(blocked(error)));
      notification.show();
    },
    setServer: (next) => {
      capabilities = next;
      setFault(!Notification.isSupported() ? unsupported() : next === null ? noServer() : null);
    },
    stop: () => {
      for (const notification of shown.values()) notification.removeAllListeners();
      shown.clear();
    },
  };
}

function unsupported(): NotificationFault {
  return {
    message: 'This system shows no notifications.',
    mend: 'Look at the gauge in the tray or at this window instead; exports are made all the same.',
  };
}

function noServer(): NotificationFault {
  return {
    message: 'No notification server runs on this desktop, so notices are not shown.',
    mend: 'Install and start one, such as dunst or xfce4-notifyd; exports are made all the same.',
  };
}

function blocked(error: string): NotificationFault {
  const unsigned = process.platform === 'darwin' ? ' A build that is not signed is not allowed to show any.' : '';
  return {
    message: `The system refused a notification: ${error}.${unsigned}`,
    mend: 'Allow notifications for Context Watcher in the system settings; exports are made all the same.',
  };
}
