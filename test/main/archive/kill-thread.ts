import { workerData } from 'node:worker_threads';
import { spinUntil, type KillClock } from './kill-clock.js';

/** Sleeps until the moment of death is set, then waits for it and ends the whole process, whatever that is doing. */
const clock: KillClock = workerData;
Atomics.wait(clock.armed, 0, 0);
spinUntil(clock.atNs[0] ?? 0n);
process.kill(process.pid, 'SIGKILL');
