/** Memory that a process shares with the thread that will end it: whether a moment is set, and which (`hrtime`). */
export interface KillClock {
  readonly armed: Int32Array;
  readonly atNs: BigInt64Array;
}

/** Makes a clock on which nothing is set. */
export function makeKillClock(): KillClock {
  return {
    armed: new Int32Array(new SharedArrayBuffer(4)),
    atNs: new BigInt64Array(new SharedArrayBuffer(8)),
  };
}

/** Sets the moment, and wakes the thread that waits for it. */
export function setKillClock(clock: KillClock, atNs: bigint): void {
  clock.atNs[0] = atNs;
  Atomics.store(clock.armed, 0, 1);
  Atomics.notify(clock.armed, 0);
}

/** Keeps a thread busy until a moment (`hrtime`): a timer would be late by more than a step takes. */
export function spinUntil(atNs: bigint): void {
  while (process.hrtime.bigint() < atNs);
}
