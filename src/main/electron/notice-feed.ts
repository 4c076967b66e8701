import { emptyDesk, takeNotices, type NoticeDesk } from '../views/notice-desk.js';
import type { Notice } from '../views/notice.js';
import type { EngineSource, ShellEngine } from './engine-source.js';

/** Hands out the notices that the engine's events come to. */
export interface NoticeFeed {
  /** Looks at the state of now; to be called with every new one. */
  readonly look: () => void;
  readonly stop: () => void;
}

/**
 * Starts a feed that shows nothing until it looks for the first time. News that wait come by themselves when they are
 * due; those of an engine that is not the current one any more are dropped.
 */
export function feedNotices(options: {
  readonly engine: EngineSource;
  readonly isOnView: (sessionId: string) => boolean;
  readonly onNotice: (notice: Notice) => void;
}): NoticeFeed {
  const { engine, isOnView, onNotice } = options;
  const desks = new WeakMap<ShellEngine, NoticeDesk>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    clearTimeout(timer);
    timer = undefined;
    const now = new Date();
    const current = engine.current();
    const taken = takeNotices(desks.get(current) ?? emptyDesk, engine.state(), { now, isOnView });
    desks.set(current, taken.desk);
    if (taken.nextMs !== null) timer = setTimeout(look, Math.max(0, taken.nextMs - now.getTime()));
    for (const notice of taken.notices) onNotice(notice);
  }

  return { look, stop: () => clearTimeout(timer) };
}
