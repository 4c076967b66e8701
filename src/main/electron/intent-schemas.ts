import { z } from 'zod';
import type { IntentName, Intents } from '../../shared/ipc-contract.js';
import { noticeKinds } from '../../shared/settings.js';

const nothing = z.null();
const sessionId = z.string().min(1).max(200);
const filterText = z.string().max(500).nullable();
const time = z.iso.datetime().nullable();
const archiveQuery = z.strictObject({
  text: z.string().max(500),
  project: filterText,
  role: z.enum(['user', 'assistant', 'tool', 'system']).nullable(),
  session: filterText,
  kinds: z.array(z.string().max(200)).max(50).readonly().nullable(),
  since: time,
  until: time,
  limit: z.number().int().min(1).max(100),
  offset: z.number().int().min(0).max(10_000),
});
const archivedSessionsQuery = z.strictObject({
  order: z.enum(['newest', 'largest']),
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(100),
});
const jobId = z.number().int().min(1);
const jobWish = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['index', 'reindex', 'verify']) }),
  z.strictObject({ kind: z.literal('restore'), sessionId, place: z.enum(['original', 'chosen']) }),
]);
const shortText = z.string().max(100);
const kindsOfNotices = z.array(z.enum(noticeKinds)).max(noticeKinds.length).readonly();
const windowTokens = z.record(z.string().min(1).max(200), z.number()).readonly();

/**
 * What each channel takes from the page, checked strictly. Settings are checked for their shape here and for their range
 * by the engine, whose faults the page shows beside the field; settings that hold a path or a command are not taken from the page.
 */
export const intentSchemas: { readonly [Name in IntentName]: z.ZodType<Intents[Name]['argument']> } = {
  'get-state': nothing,
  'export-now': z.strictObject({ sessionId: sessionId.nullable() }),
  'update-settings': z.strictObject({
    patch: z.strictObject({
      thresholdPercent: z.number().optional(),
      thresholdPercentBySession: z.record(z.string().min(1).max(200), z.number()).readonly().optional(),
      maxPercent: z.number().optional(),
      warnPercent: z.number().nullable().optional(),
      alarmPercent: z.number().nullable().optional(),
      cooldownMinutes: z.number().optional(),
      idleExportMinutes: z.number().optional(),
      archiveBeforeDeletion: z.boolean().optional(),
      pollIntervalSeconds: z.number().optional(),
      windowTokensByModel: windowTokens.optional(),
      windowTokensBySession: windowTokens.optional(),
      archiveReminderGigabytes: z.number().nullable().optional(),
      noticeSound: z.boolean().optional(),
      noticesOff: kindsOfNotices.optional(),
      noticesSilent: kindsOfNotices.optional(),
      quietHours: z.strictObject({ from: shortText, to: shortText }).readonly().nullable().optional(),
      gaugeStyle: z.enum(['ring', 'bar', 'number']).optional(),
      gaugeColour: z.enum(['auto', 'colour', 'monochrome']).optional(),
      gaugeTitle: z.boolean().optional(),
      theme: z.enum(['system', 'light', 'dark']).optional(),
      keepOpen: z.boolean().optional(),
      globalShortcut: shortText.nullable().optional(),
      launchAtLogin: z.boolean().optional(),
      maskSecrets: z.boolean().optional(),
      extractorScript: z.enum(['auto', 'off']).optional(),
      exporterScript: z.boolean().optional(),
    }),
  }),
  'add-root': nothing,
  'remove-root': z.strictObject({ entry: z.string().max(4096) }),
  'copy-diagnostics': nothing,
  'set-paused': z.strictObject({ paused: z.boolean() }),
  'mute-notices': z.strictObject({
    sessionId: sessionId.nullable(),
    length: z.enum(['one-hour', 'until-tomorrow', 'lasting']).nullable(),
  }),
  'dismiss-session': z.strictObject({ sessionId, dismissed: z.boolean() }),
  'copy-resume-command': z.strictObject({ sessionId }),
  'open-session-folder': z.strictObject({ sessionId }),
  'act-on-pending': z.strictObject({
    action: z.enum(['retry', 'set-aside', 'bring-back', 'open', 'reveal']),
    name: z.string().min(1).max(255),
  }),
  'retry-pending': nothing,
  'archive-near-deletion': nothing,
  'delete-archived': z.strictObject({ sessionId }),
  'confirm-first-run': nothing,
  'answer-exporter-offer': z.strictObject({ accepted: z.boolean() }),
  'start-demo': nothing,
  'leave-demo': nothing,
  'stop-daemon': nothing,
  'search-archive': z.strictObject({ query: archiveQuery }),
  'list-archived': z.strictObject({ query: archivedSessionsQuery }),
  'list-projects': nothing,
  'reveal-archived': z.strictObject({ sessionId }),
  'start-job': z.strictObject({ wish: jobWish }),
  'cancel-job': z.strictObject({ id: jobId }),
  'dismiss-job': z.strictObject({ id: jobId }),
  'reveal-restored': z.strictObject({ id: jobId }),
  'open-transcript': z.strictObject({ sessionId, entryUuid: z.string().min(1).max(200).nullable() }),
  'open-place': z.strictObject({ place: z.enum(['exports-archive', 'exports-pending', 'log', 'settings-file']) }),
  'set-popover-height': z.strictObject({ heightPixels: z.number().min(1).max(10_000) }),
  'set-sessions-on-view': z.strictObject({ sessionIds: z.array(sessionId).max(500).readonly() }),
  'hide-popover': nothing,
};
