import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { LoopDelay } from './host-report.js';

/** Measures this process's event loop from now on, every ten milliseconds; hands back what tells the delays so far. */
export function watchLoop(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  return () => ({ p99Ms: histogram.percentile(99) / 1e6, maxMs: histogram.max / 1e6 });
}
