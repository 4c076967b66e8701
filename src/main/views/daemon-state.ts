import { z } from 'zod';
import type { AppState, PendingExport, SessionState } from '../../shared/app-state.js';

const pendingSchema = z.looseObject({ filename: z.string() });
const fileSchema = z.looseObject({
  last_check: z.string().nullish().catch(null),
  last_context_percent: z.number().nullish().catch(null),
  last_export: z.string().nullish().catch(null),
  pending_exports: z.array(pendingSchema.nullable().catch(null)).catch([]).default([]),
  /** Ours: of very many pending exports the file lists only some. */
  pending_exports_total: z.number().nullish().catch(null),
});

/** What `auto-export-state.json` tells people: the last check, reading and export, and how much is pending. */
export interface LastActivity {
  readonly lastCheck: string | null;
  readonly percent: number | null;
  readonly lastExport: string | null;
  readonly pendingExports: number;
}

/**
 * The content of the daemon's `auto-export-state.json`: its keys brought up to date from `state`, with the session
 * read last as its one session; keys that it doesn't know are kept from `previous`, the file's content until now.
 */
export function daemonStateOf(
  previous: unknown,
  state: AppState,
  now: Date,
  watcherActive: boolean,
): Record<string, unknown> {
  const kept = fileSchema.safeParse(previous).data;
  const { pending_exports: keptPending = [], pending_exports_total: _total, ...others } = kept ?? {};
  const read = lastOf(state.sessions, (session) => (session.percent === null ? null : session.readAt));
  const exported = lastOf(state.sessions, (session) => session.lastExport?.at ?? null);
  const keptByName = new Map(keptPending.map((entry) => [entry?.filename, entry]));
  const pendingExports = state.pendingExports.map((pending) => ({
    tokens: state.sessions.find(({ id }) => id === pending.sessionId)?.usedTokens ?? null,
    ...keptByName.get(pending.name),
    ...pendingEntry(pending),
  }));
  return {
    ...others,
    last_check: now.toISOString(),
    ...(read && {
      last_context_percent: oneDecimal(read.percent),
      last_tokens: read.usedTokens,
      session_file: baseName(read.path),
    }),
    watcher_active: watcherActive,
    pending_exports: pendingExports,
    ...(state.pendingTotal > pendingExports.length && { pending_exports_total: state.pendingTotal }),
    ...(exported && isNewer(exported, lastExportOf(previous), now) && exportKeys(exported)),
  };
}

/** When the daemon, or an earlier run, made its last export; null where the file tells no such time. */
export function lastExportOf(previous: unknown): Date | null {
  const text = fileSchema.safeParse(previous).data?.last_export;
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time);
}

/** Reads the file's content for `--status`; null where it is not such a file. */
export function lastActivityOf(previous: unknown): LastActivity | null {
  const file = fileSchema.safeParse(previous).data;
  return file
    ? {
        lastCheck: file.last_check ?? null,
        percent: file.last_context_percent ?? null,
        lastExport: file.last_export ?? null,
        pendingExports: Math.max(file.pending_exports_total ?? 0, file.pending_exports.length),
      }
    : null;
}

function pendingEntry(pending: PendingExport): Record<string, unknown> {
  return {
    filename: pending.name,
    exported_at: pending.exportedAt,
    context_percent: oneDecimal(pending.percent),
    session_file: pending.sessionId === null ? null : `${pending.sessionId}.jsonl`,
  };
}

function exportKeys({ lastExport }: SessionState): Record<string, unknown> {
  return {
    last_export: lastExport?.at,
    last_export_file: lastExport?.name,
    export_context_percent: oneDecimal(lastExport?.percent ?? null),
    trigger: lastExport?.trigger === 'manual' ? 'manual' : 'watcher',
  };
}

/** A time in the future, from a clock that was wrong, is older than anything. */
function isNewer({ lastExport }: SessionState, known: Date | null, now: Date): boolean {
  const isKnown = known !== null && known <= now;
  return lastExport !== null && (!isKnown || Date.parse(lastExport.at) >= known.getTime());
}

/** The session with the latest of the ISO 8601 times that `timeOf` tells. */
function lastOf(sessions: readonly SessionState[], timeOf: (session: SessionState) => string | null) {
  let [last, lastTime]: [SessionState | null, number] = [null, Number.NEGATIVE_INFINITY];
  for (const session of sessions) {
    const time = Date.parse(timeOf(session) ?? '');
    if (time > lastTime) [last, lastTime] = [session, time];
  }
  return last;
}

function oneDecimal(percent: number | null): number | null {
  return percent === null ? null : Math.round(percent * 10) / 10;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
