import type { ArchiveState, NewAppEvent } from '../../shared/app-state.js';
import type { ArchivedSessionsQuery } from '../../shared/archived-sessions.js';
import type { Settings } from '../../shared/settings.js';
import type { ArchiveLayout } from '../archive/archive-layout.js';
import { openArchiveSizes, type ArchivedPart, type ArchiveSizes } from '../archive/archive-sizes.js';
import { compressQuietly } from '../archive/compress-quietly.js';
import { serialRunner } from '../archive/serial-runner.js';
import { StorageError } from '../export/storage-error.js';
import type { Log } from '../support/log.js';
import { archiveState } from './archive-state.js';
import { remindOfSize } from './archive-reminder.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';

/** Knows how large the archive is, compresses what is old in it, and reminds of its size. */
export interface ArchiveKeeper {
  /** `listed`: the sessions whose sizes are wanted one by one. */
  readonly state: (listed: readonly string[]) => ArchiveState;
  /** A part of the archived sessions. Looks through the archive only where nothing has done so yet. Throws a `StorageError`. */
  readonly list: (query: ArchivedSessionsQuery) => Promise<ArchivedPart>;
  /** Something of a session, or a loose file (null), was archived or deleted just now. */
  readonly changed: (sessionId: string | null) => void;
  /** Judges the size again, as after a change of the settings. */
  readonly judge: () => void;
  /** Begins, a moment later, or goes on after `pause`; nothing is touched before. */
  readonly start: () => void;
  /** Ends what `start` began, as long as somebody else does the exporting. */
  readonly pause: () => void;
  readonly stop: () => Promise<void>;
}

/** The start belongs to the sessions. */
const startDelayMs = 1_000;
const betweenSweepsMs = 600_000;
/** How long changes are gathered: at least so long, or so many times what looking at the last ones has cost. */
const leastRestMs = 500;
const restPerLook = 20;
/** So long notices and reports lead to the plain file. */
const plainForMs = 3_600_000;
const budgetBytes = 256 * 1024 * 1024;

/** Makes a keeper. What can't be read or written becomes a problem, and is tried again with the next sweep. */
export function keepArchive(options: {
  layout: ArchiveLayout;
  saved: SavedState;
  settings: () => Settings;
  problems: ProblemList;
  addEvent: (event: NewAppEvent) => void;
  onChange: () => void;
  /** Sessions came to the archive or left it otherwise than by `changed`: from the bin, or by hand. */
  onOthers: () => void;
  /** Whether somebody was told the path of an export of this session and may still read it. */
  isHeld: (sessionId: string) => boolean;
  log: Log;
  now: () => Date;
}): ArchiveKeeper {
  const { layout, problems, log, now } = options;
  const serially = serialRunner();
  let sizes: ArchiveSizes | null = null;
  let timer: NodeJS.Timeout | null = null;
  let hasLooked = false;
  let stopped = false;
  let paused = true;
  const awaited = new Set<string | null>();
  let lookTimer: NodeJS.Timeout | null = null;
  let restMs = leastRestMs;
  let compression = beginCompression();

  function beginCompression() {
    return compressQuietly({
      folders: layout,
      setAside: layout.setAside,
      now,
      plainForMs,
      budgetBytes,
      withPlain: () => (sizes?.withPlain() ?? []).filter((sessionId) => !options.isHeld(sessionId)),
      async onCompressed(sessionId, { files, plainBytes, compressedBytes }) {
        log.info(`Compressed ${files} archived file(s) of ${sessionId}: ${plainBytes} → ${compressedBytes} bytes`);
        await lookAt([sessionId]);
      },
      onTrouble: (error) => tell('archive-uncompressed', error),
    });
  }

  function tell(code: string, error: unknown): void {
    if (error === null) return problems.clear(code);
    const message = error instanceof Error ? error.message : String(error);
    const mend = error instanceof StorageError ? error.mend : 'It is tried again by itself; the log has the details.';
    return problems.report({ code, message, mend });
  }

  function judge(): void {
    const totals = sizes?.totals();
    if (totals) remindOfSize(totals.bytes, options);
  }

  function lookAt(ids: Iterable<string | null>): Promise<void> {
    return serially(async () => {
      if (!sizes) {
        // The first sweep looks at all of them, and where there is none the end does.
        for (const id of ids) awaited.add(id);
        return;
      }
      const startedMs = performance.now();
      let isOther = false;
      for (const id of ids) isOther = (await sizes.lookAt(id)).changed || isOther;
      restMs = Math.max(leastRestMs, (performance.now() - startedMs) * restPerLook);
      if (!isOther) return;
      judge();
      options.onChange();
    });
  }

  /** A queue of very many files tells of each: they are looked at together, and the more that costs the more seldom. */
  function lookSoon(sessionId: string | null): void {
    awaited.add(sessionId);
    if (stopped) return;
    lookTimer ??= setTimeout(() => {
      lookTimer = null;
      const ids = [...awaited];
      awaited.clear();
      lookAt(ids).catch((error: unknown) => tell('archive-unreadable', error));
    }, restMs).unref();
  }

  async function open(): Promise<ArchiveSizes> {
    sizes ??= await openArchiveSizes({ exportsArchive: layout.exportsArchive, file: layout.sizesFile, now });
    return sizes;
  }

  /** What has changed since the last look. Where nothing was ever remembered, a part of the sizes would pass for all of them. */
  async function lookAtLast(): Promise<void> {
    if (awaited.size === 0) return;
    const opened = await serially(open);
    if (opened.totals() === null) sizes = null;
    await lookAt([...awaited]);
  }

  async function look(): Promise<ArchiveSizes> {
    // The first look takes in all that has changed before.
    if (!sizes) awaited.clear();
    const opened = await open();
    const { hasOthers } = await opened.look();
    hasLooked = true;
    if (hasOthers) options.onOthers();
    return opened;
  }

  async function sweep(): Promise<void> {
    await serially(async () => (await look()).save());
    judge();
    options.onChange();
    tell('archive-unreadable', null);
    await compression.sweep();
  }

  function sweepAndWait(): void {
    timer = null;
    sweep()
      .catch((error: unknown) => tell('archive-unreadable', error))
      .finally(() => {
        if (!stopped && !paused) timer ??= setTimeout(sweepAndWait, betweenSweepsMs).unref();
      });
  }

  return {
    state: (listed) => archiveState(sizes?.totals() ?? null, listed, (id) => sizes?.bytesOf(id) ?? null),
    async list({ order, offset, limit }) {
      if (!hasLooked) {
        await serially(look);
        options.onChange();
      }
      return sizes?.list(order, offset, limit) ?? { sessions: [], total: 0 };
    },
    changed: lookSoon,
    judge,
    start() {
      if (stopped || !paused) return;
      paused = false;
      compression = beginCompression();
      timer = setTimeout(sweepAndWait, startDelayMs).unref();
    },
    pause() {
      paused = true;
      if (timer) clearTimeout(timer);
      timer = null;
      // What is half-written is dropped; that it ends takes a moment, and nobody waits for it.
      void compression.stop();
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      if (lookTimer) clearTimeout(lookTimer);
      await compression.stop();
      await lookAtLast().catch((error: unknown) => tell('archive-unreadable', error));
      await serially(async () => sizes?.save()).catch((error: unknown) => tell('archive-unreadable', error));
    },
  };
}
