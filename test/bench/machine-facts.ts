import { availableParallelism, cpus, release, totalmem } from 'node:os';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Machine } from './bench-result.js';
import { rounded } from './statistics.js';

/** The facts of this machine that figures depend on; nothing that names it. */
export function machineFacts(electron: string | null): Machine {
  return {
    platform: `${process.platform} ${release().replace(/^(\d+\.\d+).*$/, '$1')} ${process.arch}`,
    cores: availableParallelism(),
    memoryGigabytes: rounded(totalmem() / 2 ** 30, 0),
    node: process.versions.node,
    electron,
  };
}

/** How much of all cores is busy within one second from now, in percent. */
export async function busyPercent(): Promise<number> {
  const before = spentMs();
  await pause(1_000);
  const after = spentMs();
  return rounded((1 - (after.idle - before.idle) / (after.all - before.all)) * 100, 0);
}

function spentMs(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((core) => core.times);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((each) => Object.values(each))) };
}
