import type { Mute } from '../shared/app-state.js';
import { figures } from './figures.js';
import { texts } from './texts.js';

/** Until when notices are held back, such as `muted until 14:05`; `nowMs` decides whether the time needs its date. Null where they aren't. */
export function muteWords(mute: Mute | null, nowMs: number): string | null {
  if (mute === null) return null;
  return mute.kind === 'lasting' ? texts.mute.lasting : texts.mute.until(figures.clock(mute.at, nowMs));
}
