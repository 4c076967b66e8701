import { z } from 'zod';

const quantity = z.strictObject({
  /** What was taken, such as `p99`. */
  name: z.string().min(1),
  value: z.number(),
  unit: z.enum(['ms', 's', 'bytes', 'MB', '%', '×', '']),
});

const machine = z.strictObject({
  platform: z.string(),
  cores: z.int().positive(),
  memoryGigabytes: z.number().positive(),
  node: z.string(),
  /** The Electron that took part; null where none did. */
  electron: z.string().nullable(),
});

const measured = z.strictObject({
  kind: z.literal('measured'),
  /** What the app took. `bar` is the most that is allowed; null: told, not judged. */
  figures: z.array(quantity.extend({ bar: z.number().nullable() })).min(1),
  /** What the floor, the daemon's way or the rival took in the same run. */
  beside: z.array(quantity),
  /** What one has to know to read the figures, each a sentence. */
  notes: z.array(z.string()),
  /** The single measurements behind the figures. */
  samples: z.record(z.string(), z.array(z.number()).readonly()),
});

const result = z.strictObject({
  name: z.string().min(1),
  measures: z.string().min(1),
  bar: z.string().min(1),
  date: z.iso.datetime(),
  /** A shorter run than the full one. */
  quick: z.boolean(),
  /** How much of all cores was busy with other work in the second before, in percent. */
  busyPercent: z.number(),
  machine,
  outcome: z.discriminatedUnion('kind', [measured, z.strictObject({ kind: z.literal('skipped'), why: z.string() })]),
});

/** What `docs/benchmarks.json` holds: the newest result of each scenario, in the order of the scenarios. */
export const benchResultsSchema = z.strictObject({ results: z.array(result) });

/** One quantity with its unit. */
export type Quantity = z.infer<typeof quantity>;
/** A quantity of the app, with the most it may be. */
export type Figure = Measured['figures'][number];
/** What a scenario found. */
export type Measured = z.infer<typeof measured>;
/** What a scenario ended with: figures, or why there are none. */
export type Outcome = BenchResult['outcome'];
/** The machine that a scenario ran on; nothing that names it. */
export type Machine = z.infer<typeof machine>;
/** One scenario's newest outcome, with when and where. */
export type BenchResult = z.infer<typeof result>;
