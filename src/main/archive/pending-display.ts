import { isDeepStrictEqual } from 'node:util';
import type { PendingExport } from '../../shared/app-state.js';
import { describePending, detailsOf, readDetails, type PendingDetails, type PendingFile } from './pending-files.js';
import { firstOf, type ListedFile, type PendingListing } from './pending-listing.js';
import { untried, type FileProgress } from './retry-schedule.js';

/** The pending list as it was last told: of very many files only some. */
export interface PendingDisplay {
  /** Reads what is not known of the files that are shown, then tells of the list if it has changed. */
  readonly show: () => Promise<void>;
  /** Tells of it at once, with what is known, and then at most every 200 ms: a sweep over very many files changes something with each of them. */
  readonly showSoon: () => void;
  /** Takes what is known of a file that was looked at. */
  readonly learn: (file: PendingFile) => void;
  readonly forget: (name: string) => void;
  readonly shown: () => readonly PendingExport[];
  readonly stop: () => void;
}

const pauseMs = 200;

/** Tells `onChange` of what is in work or in trouble and of the oldest of the other files, at most `mostShown`, and of how many there are. */
export function showPending(options: {
  readonly folder: string;
  readonly listing: PendingListing;
  readonly progress: ReadonlyMap<string, FileProgress>;
  readonly mostShown: number;
  readonly onChange: (pending: readonly PendingExport[]) => void;
}): PendingDisplay {
  const { folder, listing, progress, mostShown } = options;
  const details = new Map<string, PendingDetails>();
  let shown: readonly PendingExport[] = [];
  let total = 0;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  function chosen(): readonly ListedFile[] {
    const tried = firstOf(progress.keys(), mostShown).flatMap((name) => listing.find(name) ?? []);
    const names = new Set(tried.map(({ name }) => name));
    const others = firstOf(listing.files(), mostShown).filter(({ name }) => !names.has(name));
    return [...tried, ...others.slice(0, mostShown - tried.length)].toSorted((a, b) => a.modifiedMs - b.modifiedMs);
  }

  function tell(files: readonly ListedFile[]): void {
    const next = files.map((file) =>
      describePending(file, details.get(file.name) ?? detailsOf(null), progress.get(file.name) ?? untried),
    );
    if (total === listing.count() && isDeepStrictEqual(next, shown)) return;
    shown = next;
    total = listing.count();
    options.onChange(shown);
  }

  async function show(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    for (const { name } of chosen()) if (!details.has(name)) details.set(name, await readDetails(folder, name));
    tell(chosen());
  }

  return {
    show,
    showSoon() {
      if (timer || stopped) return;
      tell(chosen());
      timer = setTimeout(() => {
        // What can't be read is told by the sweep that needs it.
        show().catch(() => undefined);
      }, pauseMs).unref();
    },
    learn: ({ name, manifest }) => void details.set(name, detailsOf(manifest)),
    forget: (name) => void details.delete(name),
    shown: () => shown,
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}
