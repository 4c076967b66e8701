import path from 'node:path';
import type { SetAsideExport } from '../../shared/app-state.js';
import type { PendingAnswer } from '../../shared/pending-answer.js';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import type { PendingQueue } from '../archive/queue-contract.js';
import { isPendingName } from '../archive/pending-name.js';
import { bringBack, listSetAside, setAside } from '../archive/set-aside.js';

import { parseSegmentName } from '../export/segment-name.js';
import { StorageError } from '../export/storage-error.js';
import { oneLine } from '../support/one-line.js';
import type { Log } from '../support/log.js';

/** What the user does with single files of the queue. A name is never a path, and always one that the folder lists. */
export interface PendingActions {
  /** Tries one file again now, or with null all of them, whatever their pauses. */
  readonly retry: (name: string | null) => Promise<PendingAnswer>;
  readonly setAside: (name: string) => Promise<PendingAnswer>;
  readonly bringBack: (name: string) => Promise<PendingAnswer>;
  /** The absolute path of a pending file; null where there is no such file. */
  readonly pathOf: (name: string) => Promise<string | null>;
  /** What is set aside, as last looked at. */
  readonly aside: () => readonly SetAsideExport[];
  readonly lookAside: () => Promise<void>;
}

/** Makes the actions. `refusal` is why nothing may be done at present, or null. */
export function makePendingActions(options: {
  layout: ArchiveLayout;
  queue: PendingQueue;
  refusal: () => string | null;
  /** Segments have left the pending folder or come back: what is exported of their session is to be read anew. */
  onSegmentMoved: (sessionIdPrefix: string) => Promise<void>;
  onChange: () => void;
  log: Log;
}): PendingActions {
  const { layout, queue, log } = options;
  let aside: readonly SetAsideExport[] = [];

  async function lookAside(): Promise<void> {
    const found = await listSetAside(layout);
    const isNew = JSON.stringify(found) !== JSON.stringify(aside);
    aside = found;
    if (isNew) options.onChange();
  }

  /** Runs an action on a file that waits; says why it can't be run. */
  async function onPending(name: string, act: () => Promise<PendingAnswer>): Promise<PendingAnswer> {
    const refusal = options.refusal();
    if (refusal !== null) return { kind: 'refused', message: refusal };
    try {
      if (!isPendingName(name)) return unknown(name);
      if (!queue.find(name)) await queue.refresh();
      return queue.find(name) ? await act() : unknown(name);
    } catch (error) {
      return failed(error);
    }
  }

  async function moved(name: string): Promise<void> {
    await lookAside();
    const prefix = parseSegmentName(name)?.sessionIdPrefix;
    if (prefix !== undefined) await options.onSegmentMoved(prefix);
  }

  async function retryAll(): Promise<PendingAnswer> {
    const { files, failed: failures } = await queue.retryNow();
    return { kind: 'done', message: `Archived: ${files}. Failed: ${failures}. Still pending: ${queue.total()}.` };
  }

  async function retryOne(name: string): Promise<PendingAnswer> {
    const outcome = await queue.processOne(name);
    switch (outcome.kind) {
      case 'processed':
        return { kind: 'done', message: `Archived: ${outcome.result.archivedTo}` };
      case 'failed':
        return { kind: 'failed', message: outcome.failure.message, mend: outcome.failure.mend };
      case 'not-ready':
        return { kind: 'refused', message: `${name} is taken once it has not changed for 2 seconds.` };
      case 'gone':
        return unknown(name);
    }
  }

  return {
    retry: async (name) => {
      const refusal = options.refusal();
      if (refusal !== null) return { kind: 'refused', message: refusal };
      if (name === null) return retryAll().catch(failed);
      // Not asked of the list: a sweep that was faster has its result.
      return isPendingName(name) ? retryOne(name).catch(failed) : unknown(name);
    },
    setAside: (name) =>
      onPending(name, async () => {
        const target = await queue.alone(async () => (queue.find(name) ? setAside(name, layout) : null));
        if (target === null) return { kind: 'refused', message: `${name} was archived meanwhile.` };
        log.info(`Set aside: ${name}`);
        await moved(name);
        return { kind: 'done', message: `Set aside: ${path.join(layout.setAside, target)}` };
      }),
    async bringBack(name) {
      const refusal = options.refusal();
      if (refusal !== null) return { kind: 'refused', message: refusal };
      try {
        const outcome = isPendingName(name) ? await queue.alone(() => bringBack(name, layout)) : 'gone';
        if (outcome === 'done') {
          log.info(`Brought back: ${name}`);
          await moved(name);
        }
        return broughtBackAnswer(name, outcome);
      } catch (error) {
        return failed(error);
      }
    },
    async pathOf(name) {
      if (isPendingName(name) && queue.find(name)) return path.join(layout.exportsPending, name);
      return null;
    },
    aside: () => aside,
    lookAside,
  };
}

/** What came of bringing a file back, in words. */
export function broughtBackAnswer(name: string, outcome: Awaited<ReturnType<typeof bringBack>>): PendingAnswer {
  const shown = oneLine(name, 200);
  switch (outcome) {
    case 'done':
      return { kind: 'done', message: `Brought back: ${shown}` };
    case 'gone':
      return { kind: 'unknown', message: `Nothing named ${shown} is set aside.` };
    case 'taken':
      return { kind: 'refused', message: `Something named ${shown} is pending already. Wait until it is archived.` };
    case 'unfinished':
      return { kind: 'refused', message: `${shown} is unfinished: what it holds is exported anew from its session.` };
  }
}

function unknown(name: string): PendingAnswer {
  return { kind: 'unknown', message: `No pending file is named ${oneLine(name, 200)}. See them with --pending.` };
}

function failed(error: unknown): PendingAnswer {
  if (error instanceof StorageError) return { kind: 'failed', message: error.message, mend: error.mend };
  throw error;
}
