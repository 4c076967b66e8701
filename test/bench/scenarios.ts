import { archiveSize } from './archive-size.js';
import { appMemory } from './app-memory.js';
import { appendToScreen } from './append-to-screen.js';
import { appendToState } from './append-to-state.js';
import { archiveSearches } from './archive-searches.js';
import { bytesPerAppend } from './bytes-per-append.js';
import { coldStart } from './cold-start.js';
import { everyFill } from './every-fill.js';
import { firstExport } from './first-export.js';
import { idleCost } from './idle-cost.js';
import { indexing } from './indexing.js';
import { manyWriters } from './many-writers.js';
import { nextExport } from './next-export.js';
import { oldSessionResumed } from './old-session-resumed.js';
import { popoverSpeed } from './popover-speed.js';
import { quietArchive } from './quiet-archive.js';
import type { Scenario } from './scenario.js';
import { watchesHeld } from './watches-held.js';

/** All scenarios, in the order of the page. */
export const scenarios: readonly Scenario[] = [
  appendToState,
  appendToScreen,
  popoverSpeed,
  bytesPerAppend,
  coldStart,
  everyFill,
  watchesHeld,
  oldSessionResumed,
  indexing,
  archiveSearches,
  idleCost,
  manyWriters,
  appMemory,
  firstExport,
  nextExport,
  archiveSize,
  quietArchive,
];
