import type { ExportTrigger, NewAppEvent, SessionState } from '../../shared/app-state.js';
import type { ExportOutcome } from '../../shared/export-answer.js';
import type { PendingQueue } from '../archive/queue-contract.js';
import type { ExportFolders } from '../export/export-ledger.js';
import { exportSegment } from '../export/segment-writer.js';
import type { SidecarMemory } from '../export/sidecar-look.js';
import { StorageError } from '../export/storage-error.js';
import type { Log } from '../support/log.js';
import type { FinishedExport } from './after-export.js';
import type { ProblemList } from './problem-list.js';
import type { SessionTracker } from './session-tracker.js';
import { tellSidecars } from './tell-problems.js';

/** What is to be exported, and what the notice and the file name say of it. */
export interface ExportOrder {
  /** The session as people see it now: its figures go into the manifest. */
  readonly session: SessionState;
  /** Percent at the trigger; for a compaction that of `preTokens`. */
  readonly percent: number | null;
  readonly usedTokens: number | null;
  readonly trigger: ExportTrigger;
  readonly late: boolean;
  readonly firstOfEpisode: boolean;
  /** The cause of a failure that was told in an earlier run, and lasts. */
  readonly toldCause?: string | null;
  /** Called once the segment is committed, before it is indexed and archived. */
  readonly onCommitted?: () => void;
}

/** Writes segments and hands them to the queue, one export of a session at a time. */
export interface SessionExporter {
  readonly isExporting: (sessionId: string) => boolean;
  /** The cause of the failure that the newest export of a session ended in; null where it did not. */
  readonly failureOf: (sessionId: string) => string | null;
  /**
   * Exports what is new in a session, then has it indexed and archived. A second order for the same session waits for
   * the first. Never throws: a failure is an outcome, a problem and, once per cause, an event.
   */
  readonly exportSession: (order: ExportOrder) => Promise<ExportOutcome>;
  /** Resolves when no export is in hand any more. */
  readonly finish: () => Promise<void>;
}

/** Makes an exporter. `onChange` is called when an export starts or ends. */
export function makeSessionExporter(options: {
  tracker: SessionTracker;
  queue: PendingQueue;
  folders: ExportFolders;
  sidecarMemory: SidecarMemory;
  problems: ProblemList;
  addEvent: (event: NewAppEvent) => void;
  /** Called after the event of each export. */
  onExported: (done: FinishedExport) => void;
  onChange: () => void;
  log: Log;
  now: () => Date;
  appVersion: string;
}): SessionExporter {
  const { tracker, queue, problems, log } = options;
  const inHand = new Map<string, Promise<ExportOutcome>>();
  const causes = new Map<string, string>();

  async function writeAndArchive(order: ExportOrder): Promise<ExportOutcome> {
    const { session, trigger } = order;
    const tracked = tracker.find(session.id);
    const ledger = await tracker.ledgerOf(session.id);
    if (!tracked || !ledger) return { kind: 'nothing-new', sessionId: session.id };
    const outcome = await exportSegment({
      sourcePath: tracked.file.path,
      sessionId: session.id,
      endLimit: null,
      reading: {
        percent: order.percent,
        usedTokens: order.usedTokens,
        windowTokens: session.windowTokens,
        model: session.model,
      },
      trigger,
      late: order.late,
      ledger,
      folders: options.folders,
      now: options.now,
      appVersion: options.appVersion,
      sidecarMemory: options.sidecarMemory,
    });
    if (outcome.kind !== 'source-gone') tellSidecars(problems, session.id, outcome.leftOut);
    if (outcome.kind !== 'exported') return { kind: 'nothing-new', sessionId: session.id };
    order.onCommitted?.();
    await tracker.takeLedger(outcome.ledger);
    log.info(`Exported: ${outcome.path}${order.percent === null ? '' : ` at ${order.percent.toFixed(1)}%`}`);
    const processed = await queue.processOne(outcome.name);
    const result = processed.kind === 'processed' ? processed.result : null;
    const path = result?.archivedTo ?? outcome.path;
    options.addEvent({
      kind: 'exported',
      ...whose(session),
      percent: order.percent,
      trigger,
      late: order.late,
      name: outcome.name,
      path,
      newMessages: result?.newMessages ?? null,
      processed: result !== null && result.extracted?.kind !== 'failed',
      firstOfEpisode: order.firstOfEpisode,
    });
    const isNewest = tracker.all().every(({ file }) => file.modifiedAtMs <= tracked.file.modifiedAtMs);
    options.onExported({ file: path, sessionId: session.id, percent: order.percent, isNewest });
    return {
      kind: 'exported',
      sessionId: session.id,
      name: outcome.name,
      path,
      messages: outcome.manifest.messages,
    };
  }

  function failed({ session, trigger, toldCause = null }: ExportOrder, error: unknown): ExportOutcome {
    const message = error instanceof Error ? error.message : String(error);
    const mend = error instanceof StorageError ? error.mend : 'The log has the details. The export is tried again.';
    log.error(`Export failed: ${error instanceof Error ? (error.stack ?? message) : message}`);
    problems.report({ code: 'export-failed', message, mend, sessionId: session.id });
    const isNewCause = (causes.get(session.id) ?? toldCause) !== causeOf(error);
    causes.set(session.id, causeOf(error));
    if (isNewCause || trigger === 'manual') {
      options.addEvent({ kind: 'export-failed', ...whose(session), trigger, message });
    }
    return { kind: 'failed', sessionId: session.id, message, mend };
  }

  async function run(order: ExportOrder): Promise<ExportOutcome> {
    try {
      const outcome = await writeAndArchive(order);
      problems.clear('export-failed', order.session.id);
      causes.delete(order.session.id);
      return outcome;
    } catch (error) {
      return failed(order, error);
    }
  }

  return {
    isExporting: (sessionId) => inHand.has(sessionId),
    failureOf: (sessionId) => causes.get(sessionId) ?? null,
    async exportSession(order) {
      const { id } = order.session;
      const running = inHand.get(id);
      const mine = (running ?? Promise.resolve()).then(() => run(order));
      inHand.set(id, mine);
      options.onChange();
      try {
        return await mine;
      } finally {
        if (inHand.get(id) === mine) inHand.delete(id);
        options.onChange();
      }
    },
    async finish() {
      while (inHand.size > 0) {
        // Each round may leave orders that were queued meanwhile.
        await Promise.all(inHand.values());
      }
    },
  };
}

/** What makes two failures the same to people: the code where there is one, else the message. */
function causeOf(error: unknown): string {
  return error instanceof StorageError ? error.code : String(error);
}

function whose({ id, project, title }: SessionState) {
  return { sessionId: id, project, title };
}
