import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../export/atomic-file.js';
import { createStorageFolder } from '../export/storage-folder.js';
import { isSessionId } from '../export/segment-name.js';
import type { ArchivedSession, ArchiveOrder } from '../../shared/archived-sessions.js';
import { errorCode, storageError } from '../export/storage-error.js';
import {
  nothingKnown,
  readKnownSizes,
  totalsOf,
  type ArchiveTotals,
  type KnownSession,
  type KnownSizes,
} from './archive-sizes-file.js';
import { fileBytes, measureSession } from './session-size.js';

/** What one look over the archive has cost. */
export interface SizesLook {
  /** Sessions whose folder was listed, since it is new or has changed. */
  readonly measured: number;
  readonly changed: boolean;
  /** Sessions came or went since they were last looked at, in this run or an earlier one. */
  readonly hasOthers: boolean;
}

/** How large the archive is, kept up to date at the cost of what has changed. */
export interface ArchiveSizes {
  /**
   * Finds sessions that came or went. The first time it also looks at every session's folder, and into those that have
   * changed since they were remembered; after that whoever changes one says so with `lookAt`. Throws a `StorageError`.
   */
  readonly look: () => Promise<SizesLook>;
  /** The same for one session, or for the loose files (null), of which one knows that they have changed. */
  readonly lookAt: (sessionId: string | null) => Promise<SizesLook>;
  /** Null until it was looked at once, in this run or an earlier one. */
  readonly totals: () => ArchiveTotals | null;
  readonly bytesOf: (sessionId: string) => number | null;
  /** A part of the sessions in that order, and how many there are. They are put in order once after each change. */
  readonly list: (order: ArchiveOrder, offset: number, limit: number) => ArchivedPart;
  /** Sessions with something that isn't compressed. */
  readonly withPlain: () => readonly string[];
  /** Writes what is to be remembered, if it has changed. Throws a `StorageError`. */
  readonly save: () => Promise<boolean>;
}

/** A part of what is archived, as the sizes know it. */
export interface ArchivedPart {
  readonly sessions: readonly Omit<ArchivedSession, 'project' | 'title'>[];
  readonly total: number;
}

/** A folder written to so shortly before it was listed may have been written to again with the same time. */
const unsureMs = 2_000;
const atOnce = 64;

/** Begins with what `file` remembers. `now` is compared with the folders' times. */
export async function openArchiveSizes({
  exportsArchive,
  file,
  now,
}: {
  readonly exportsArchive: string;
  readonly file: string;
  readonly now: () => Date;
}): Promise<ArchiveSizes> {
  const remembered = await readKnownSizes(file);
  const sessions = new Map<string, KnownSession>(Object.entries((remembered ?? nothingKnown).sessions));
  let { loose } = remembered ?? nothingKnown;
  /** Sizes of the loose files, once they had to be asked for. */
  const looseBytes = new Map<string, number>();
  /** The archive folder's time when it was last looked through; 0 where that proves nothing, null before the first time. */
  let lookedThroughMs: number | null = null;
  let totals = remembered && totalsOf(remembered);
  let isSaved = true;
  const inOrder = new Map<ArchiveOrder, readonly string[]>();

  function known(): KnownSizes {
    return { version: 2, sessions: Object.fromEntries(sessions), loose };
  }

  function settle(measured: number, changed: boolean, hasOthers = false): SizesLook {
    if (changed || !totals) {
      totals = totalsOf(known());
      isSaved = false;
      inOrder.clear();
    }
    return { measured, changed, hasOthers };
  }

  /** Whether it had to be listed, and whether its size is another one now. */
  async function lookAtSession(id: string, isStale: boolean): Promise<{ measured: number; changed: boolean }> {
    const folder = path.join(exportsArchive, id);
    const facts = await lstat(folder).catch(nullWhenGone);
    const before = sessions.get(id);
    if (!facts?.isDirectory()) return { measured: 0, changed: sessions.delete(id) };
    if (!isStale && before?.modifiedMs === facts.mtimeMs) return { measured: 0, changed: false };
    const lookedAtMs = now().getTime();
    const size = await measureSession(folder).catch(nullWhenGone);
    if (!size) return { measured: 1, changed: sessions.delete(id) };
    const isSure = Math.abs(lookedAtMs - facts.mtimeMs) > unsureMs;
    const after = { ...size, modifiedMs: isSure ? facts.mtimeMs : -1 };
    sessions.set(id, after);
    return { measured: 1, changed: JSON.stringify(before) !== JSON.stringify(after) };
  }

  async function lookAtLoose(names: readonly string[], modifiedMs: number): Promise<boolean> {
    if (loose.modifiedMs === modifiedMs && loose.files === names.length) return false;
    const present = new Set(names);
    for (const name of looseBytes.keys()) if (!present.has(name)) looseBytes.delete(name);
    for (const name of names) {
      if (!looseBytes.has(name)) looseBytes.set(name, await fileBytes(path.join(exportsArchive, name)));
    }
    const bytes = [...looseBytes.values()].reduce((sum, size) => sum + size, 0);
    const isSure = Math.abs(now().getTime() - modifiedMs) > unsureMs;
    const next = { bytes, files: names.length, modifiedMs: isSure ? modifiedMs : -1 };
    const changed = JSON.stringify(next) !== JSON.stringify(loose);
    loose = next;
    return changed;
  }

  async function look(): Promise<SizesLook> {
    const facts = await lstat(exportsArchive).catch(nullWhenGone);
    if (facts && facts.mtimeMs === lookedThroughMs) return { measured: 0, changed: false, hasOthers: false };
    const isFirst = lookedThroughMs === null;
    const startedMs = now().getTime();
    const entries = facts ? await readdir(exportsArchive, { withFileTypes: true }) : [];
    const ids = entries.filter((entry) => entry.isDirectory() && isSessionId(entry.name)).map(({ name }) => name);
    const present = new Set(ids);
    let [measured, changed] = [0, false];
    // Without a memory all of them have come.
    let hasOthers = ids.some((id) => !sessions.has(id));
    for (const id of sessions.keys()) {
      if (present.has(id)) continue;
      sessions.delete(id);
      [changed, hasOthers] = [true, true];
    }
    // What was written to while it was measured is looked at once more.
    const wanted = ids.filter((id) => isFirst || !sessions.has(id) || sessions.get(id)?.modifiedMs === -1);
    for (let from = 0; from < wanted.length; from += atOnce) {
      const looks = await Promise.all(wanted.slice(from, from + atOnce).map((id) => lookAtSession(id, false)));
      measured += looks.filter((one) => one.measured > 0).length;
      changed ||= looks.some((one) => one.changed);
    }
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    if (await lookAtLoose(names, facts?.mtimeMs ?? -1)) changed = true;
    const isSure = facts !== null && Math.abs(startedMs - facts.mtimeMs) > unsureMs;
    lookedThroughMs = isSure ? facts.mtimeMs : 0;
    return settle(measured, changed, hasOthers);
  }

  function idsInOrder(order: ArchiveOrder): readonly string[] {
    const weight = ({ bytes, exportedAtMs }: KnownSession): number =>
      order === 'largest' ? bytes : (exportedAtMs ?? 0);
    const compare = ([one, a]: [string, KnownSession], [other, b]: [string, KnownSession]): number =>
      weight(b) - weight(a) || (one < other ? -1 : 1);
    const ids = inOrder.get(order) ?? [...sessions].toSorted(compare).map(([id]) => id);
    inOrder.set(order, ids);
    return ids;
  }

  async function named<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw storageError('measure the archive', exportsArchive, error);
    }
  }

  return {
    look: () => named(look),
    lookAt: (sessionId) =>
      named(async () => {
        if (sessionId === null) return look();
        const { measured, changed } = await lookAtSession(sessionId, true);
        return settle(measured, changed);
      }),
    totals: () => totals,
    bytesOf: (sessionId) => sessions.get(sessionId)?.bytes ?? null,
    list(order, offset, limit) {
      const ids = idsInOrder(order);
      const part = ids.slice(offset, offset + limit).flatMap((sessionId) => {
        const size = sessions.get(sessionId);
        if (!size) return [];
        const { bytes, segments, exportedAtMs: ms } = size;
        return [{ sessionId, bytes, segments, exportedAt: ms === null ? null : new Date(ms).toISOString() }];
      });
      return { sessions: part, total: ids.length };
    },
    withPlain: () => [...sessions].filter(([, { plain }]) => plain > 0).map(([id]) => id),
    async save() {
      if (isSaved) return false;
      isSaved = true;
      await createStorageFolder(path.dirname(file));
      await writeFileAtomically(file, JSON.stringify(known()));
      return true;
    },
  };
}

function nullWhenGone(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null;
  throw error;
}
