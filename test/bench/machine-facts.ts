import { availableParallelism, release, totalmem } from 'node:os';
import process from 'node:process';
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
