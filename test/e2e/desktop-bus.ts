import dbus, { type MessageBus } from 'dbus-next';
import { onTestFinished } from 'vitest';
import { e2eEnvironment } from './e2e-environment.js';

/** A call of a method on the session bus. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

/** The desktop's session bus, as another program of the desktop sees it. */
export interface DesktopBus {
  /** The first value of the answer, variants taken out of their wrapping. */
  readonly call: (call: BusCall) => Promise<unknown>;
  readonly property: (place: Pick<BusCall, 'destination' | 'path' | 'interface'>, name: string) => Promise<unknown>;
  /** Counts a signal from now on; hands back a function that tells how often it came. */
  readonly countSignal: (interfaceName: string, member: string) => Promise<() => number>;
}

/** Connects to the session bus until the test is over. */
export function openDesktopBus(): DesktopBus {
  const bus: MessageBus = dbus.sessionBus({ busAddress: e2eEnvironment().desktop['DBUS_SESSION_BUS_ADDRESS'] ?? '' });
  onTestFinished(() => bus.disconnect());
  const answerTo = async (call: BusCall): Promise<readonly unknown[]> => {
    const answer = await bus.call(new dbus.Message({ ...call, body: [...(call.body ?? [])] }));
    return (answer?.body ?? []).map(unwrapped);
  };
  return {
    call: async (call) => (await answerTo(call)).at(-1),
    property: async (place, name) =>
      (
        await answerTo({
          ...place,
          interface: 'org.freedesktop.DBus.Properties',
          member: 'Get',
          signature: 'ss',
          body: [place.interface, name],
        })
      )[0],
    async countSignal(interfaceName, member) {
      let count = 0;
      bus.on('message', (message: { readonly interface?: string; readonly member?: string }) => {
        if (message.interface === interfaceName && message.member === member) count += 1;
      });
      await answerTo({
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'AddMatch',
        signature: 's',
        body: [`type='signal',interface='${interfaceName}',member='${member}'`],
      });
      return () => count;
    },
  };
}

/** A value for an argument that takes any type. */
export function busVariant(signature: string, value: unknown): unknown {
  return new dbus.Variant(signature, value);
}

function unwrapped(value: unknown): unknown {
  if (value instanceof dbus.Variant) return unwrapped(value.value);
  if (Array.isArray(value)) return value.map(unwrapped);
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unwrapped(part)]));
}
