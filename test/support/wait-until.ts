import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks `probe` again and again until it hands back something other than null or undefined, and returns that. After `timeoutMs`
 * it throws, naming `what` was awaited; what `probe` throws passes through.
 */
export async function waitUntil<Value>(
  what: string,
  probe: () => Promise<Value | null | undefined> | Value | null | undefined,
  timeoutMs = 15_000,
): Promise<Value> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== null && value !== undefined) return value;
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await pause(50);
  }
}
