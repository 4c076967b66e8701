import type { Outcome } from './bench-result.js';
import type { DesktopScene } from './desktop-scene.js';

/** What a scenario works with. */
export interface Bench {
  /** A shorter run is wanted. */
  readonly quick: boolean;
  /** An empty folder of this scenario's own, removed after it. */
  readonly folder: string;
  /** The project's root, with the production build in `out/`. */
  readonly projectFolder: string;
  /** Where things fetched once are kept from run to run. */
  readonly cacheFolder: string;
  /** The file of a built process of the bench. */
  readonly program: (name: BenchProgram) => string;
  /** Null where only scenarios without a desktop were chosen. */
  readonly desktop: DesktopScene | null;
}

/** The bench's own processes, each a file of this folder. */
export type BenchProgram =
  'engine-host' | 'append-writer' | 'floor-watch' | 'chokidar-watch' | 'bare-walk' | 'export-host';

/** One row of the benchmark. */
export interface Scenario {
  readonly name: string;
  /** What is measured, for the table. */
  readonly measures: string;
  /** The bar in words, for the table. */
  readonly bar: string;
  /** Needs the packaged app on a desktop. */
  readonly needsDesktop?: boolean;
  /** Waits most of its time and measures single processes: runs at the end, beside the others of its kind. */
  readonly isQuiet?: boolean;
  readonly measure: (bench: Bench) => Promise<Outcome>;
}
