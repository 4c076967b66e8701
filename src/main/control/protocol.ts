import { z } from 'zod';
import type { AppState } from '../../shared/app-state.js';
import type { CommandAnswer } from '../../shared/command-answer.js';
import type { ExportNowAnswer } from '../../shared/export-answer.js';
import type { PendingAnswer } from '../../shared/pending-answer.js';

/** What another process may ask the running instance; one JSON line. */
export const controlRequestSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hello') }),
  z.strictObject({ kind: z.literal('status') }),
  z.strictObject({ kind: z.literal('stop') }),
  z.strictObject({ kind: z.literal('show') }),
  z.strictObject({ kind: z.literal('export-now'), sessionId: z.string().max(200).nullable() }),
  z.strictObject({
    kind: z.literal('act-on-pending'),
    action: z.enum(['retry', 'set-aside', 'bring-back']),
    /** Null for all, which goes with `retry` alone. */
    name: z.string().max(255).nullable(),
  }),
  z.strictObject({ kind: z.literal('confirm-command'), code: z.string().max(64).nullable() }),
]);

/** A question to the running instance. */
export type ControlRequest = z.infer<typeof controlRequestSchema>;

const pid = z.int().positive();
const refused = z.object({ kind: z.literal('refused'), message: z.string() });
// The two ends are the same program, but not always the same version: only what every version has is checked.
const appState = z.custom<AppState>(
  (value) => z.looseObject({ revision: z.number(), sessions: z.array(z.looseObject({})) }).safeParse(value).success,
);
const exportAnswer = z.custom<ExportNowAnswer>((value) => z.looseObject({ kind: z.string() }).safeParse(value).success);
const pendingAnswer = z.custom<PendingAnswer>(
  (value) => z.looseObject({ kind: z.string(), message: z.string() }).safeParse(value).success,
);
const commandAnswer = z.custom<CommandAnswer>((value) => z.looseObject({ kind: z.string() }).safeParse(value).success);

/** The answer to each question, or `refused` with a sentence; one JSON line. */
export const controlAnswerSchemas = {
  hello: z.union([z.object({ kind: z.literal('hello'), pid, appVersion: z.string() }), refused]),
  status: z.union([z.object({ kind: z.literal('status'), pid, state: appState }), refused]),
  /** `waitingFor`: what is finished first, each in words. */
  stop: z.union([z.object({ kind: z.literal('stopping'), pid, waitingFor: z.array(z.string()) }), refused]),
  show: z.union([z.object({ kind: z.literal('shown'), pid }), refused]),
  'act-on-pending': z.union([z.object({ kind: z.literal('act-on-pending'), pid, answer: pendingAnswer }), refused]),
  'confirm-command': z.union([z.object({ kind: z.literal('confirm-command'), pid, answer: commandAnswer }), refused]),
  'export-now': z.union([z.object({ kind: z.literal('export-now'), pid, answer: exportAnswer }), refused]),
} as const;

/** The answer to a question of this kind. */
export type ControlAnswer<Kind extends ControlRequest['kind'] = ControlRequest['kind']> = z.infer<
  (typeof controlAnswerSchemas)[Kind]
>;

/** The longest line taken: a question is short, an answer may hold the state of thousands of sessions. */
export const maxLineBytes = { request: 64 * 1024, answer: 64 * 1024 * 1024 } as const;
