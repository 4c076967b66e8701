import { waitUntil } from '../support/wait-until.js';

/** Waits until a condition holds; throws, naming `what` was awaited, where it doesn't in time. */
export async function untilTrue(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs?: number,
): Promise<void> {
  await waitUntil(what, async () => ((await holds()) ? true : null), timeoutMs);
}
