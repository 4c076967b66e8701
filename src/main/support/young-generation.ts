import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation from growing until it may again. What a start throws away would make it grow to some 30 MB,
 * which V8 gives back only much later; a small one is swept more often, each time for less.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Lets it grow as V8 does by itself: for what comes after the start. */
export function letYoungGenerationGrow(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
