import type { Append, AppendPlan } from './append-plan.js';
import type { Sighting } from './host-report.js';

/** How long each append took to be seen, and how many never were. */
export interface Latencies {
  readonly milliseconds: readonly number[];
  readonly lost: number;
}

/**
 * From where the write of each append began to the first state that tells its tokens or later ones of the file: several
 * appends may be seen at once.
 */
export function latenciesOf(plan: AppendPlan, appends: readonly Append[], sightings: readonly Sighting[]): Latencies {
  const ofSession = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const list = ofSession.get(sighting[0]) ?? [];
    list.push(sighting);
    ofSession.set(sighting[0], list);
  }
  const last = plan.firstTokens + Math.ceil(plan.count / plan.files.length);
  const milliseconds = appends.flatMap(([file, tokens, began]) => {
    const list = ofSession.get(plan.files[file]?.id ?? '') ?? [];
    // What the file told before may be any figure: only those of the plan count, and none from before the write.
    const seen = list.find(([, used, at]) => used >= tokens && used <= last && BigInt(at) > BigInt(began));
    return seen === undefined ? [] : [Number(BigInt(seen[2]) - BigInt(began)) / 1e6];
  });
  return { milliseconds, lost: appends.length - milliseconds.length };
}
