import type { Mute, MuteLength } from '../../shared/app-state.js';
import type { SavedState } from './saved-state.js';

/** Whose notices are held back. A mute whose time is over is none. */
export interface NoticeMutes {
  /** The mute that holds for every session; null where none does. */
  readonly ofAll: () => Mute | null;
  /** The session's own mute, the same object as long as it holds; null where it has none. */
  readonly of: (sessionId: string) => Mute | null;
  /** Mutes one session, or all of them (null); a length of null unmutes. */
  readonly set: (sessionId: string | null, length: MuteLength | null) => void;
}

const mostKept = 500;
const hourMs = 3_600_000;
/** Who says "tomorrow" late in the evening doesn't mean midnight. */
const morningHour = 8;

/** Keeps mutes across restarts: of single sessions the newest 500. */
export function keepMutes({ saved, now }: { saved: SavedState; now: () => Date }): NoticeMutes {
  const bySession = new Map(Object.entries(saved.mutes()));

  function ifNotOver(mute: Mute | null): Mute | null {
    return mute?.kind === 'until' && Date.parse(mute.at) <= now().getTime() ? null : mute;
  }

  return {
    ofAll: () => ifNotOver(saved.muteOfAll()),
    of: (sessionId) => ifNotOver(bySession.get(sessionId) ?? null),
    set(sessionId, length) {
      const mute = length === null ? null : muteOf(length, now());
      if (sessionId === null) return saved.setMuteOfAll(mute);
      bySession.delete(sessionId);
      if (mute !== null) bySession.set(sessionId, mute);
      const kept = [...bySession].filter(([, one]) => ifNotOver(one) !== null).slice(-mostKept);
      return saved.setMutes(Object.fromEntries(kept));
    },
  };
}

function muteOf(length: MuteLength, now: Date): Mute {
  switch (length) {
    case 'lasting':
      return { kind: 'lasting' };
    case 'one-hour':
      return { kind: 'until', at: new Date(now.getTime() + hourMs).toISOString() };
    case 'until-tomorrow': {
      const morning = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, morningHour);
      return { kind: 'until', at: morning.toISOString() };
    }
  }
}
