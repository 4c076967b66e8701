import type { AppState } from '../shared/app-state.js';
import type { Settings } from '../shared/settings.js';
import { texts } from './texts.js';

const flags: { readonly [Key in keyof Settings]?: string } = {
  thresholdPercent: '--threshold',
  maxPercent: '--max-threshold',
  cooldownMinutes: '--cooldown',
  pollIntervalSeconds: '--poll-interval',
  extraRoots: '--claude-dir',
  contextStorage: '--data-dir',
};

/** Says which command line flags hold the given settings for this run; null where none does. */
export function heldByFlag(state: AppState, fields: readonly (keyof Settings)[]): string | null {
  const held = fields.filter((field) => state.heldByFlag.includes(field)).map((field) => flags[field] ?? field);
  return held.length === 0 ? null : texts.rules.heldByFlag(held.join(texts.rules.and));
}
