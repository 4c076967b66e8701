import type { NewAppEvent, SessionState } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';
import {
  decideExport,
  followEpisode,
  rememberExport,
  rememberFailure,
  type ExportDecision,
  type PolicyMemory,
} from '../policy/export-policy.js';
import { bandOfSession } from '../policy/session-band.js';
import type { SessionFile } from '../sessions/session-file.js';
import type { ContextKnowledge } from '../meter/context-knowledge.js';
import type { Log } from '../support/log.js';
import type { NewsBeside } from './news-beside.js';
import type { SavedState } from './saved-state.js';
import type { ExportOrder, SessionExporter } from './session-exporter.js';
import type { TrackedSession } from './session-tracker.js';
import { readContext } from './session-view.js';

const lineEndPatienceMs = 5_000;

/** Asks the policy about sessions and carries out what it decides. */
export interface AutomaticExports {
  /** Judges a session: after a read, or again because time or settings have changed. `first`: it was never read before in this run. */
  readonly judge: (tracked: TrackedSession, session: SessionState, first?: boolean) => void;
}

/** Makes the judge. `mayExport` is false while only showing; `onExported` is called after each automatic export. */
export function makeAutomaticExports(options: {
  saved: SavedState;
  settings: () => Settings;
  known: (file: SessionFile) => ContextKnowledge;
  exporter: SessionExporter;
  /** Whether sidecars are new where no line is. */
  beside: NewsBeside;
  mayExport: () => boolean;
  onExported: (sessionId: string) => void;
  addEvent: (event: NewAppEvent) => void;
  log: Log;
  now: () => Date;
}): AutomaticExports {
  const { saved, exporter, log, beside } = options;
  /** Sessions with a compaction that could not be acted on yet. */
  const compactionsWaiting = new Set<string>();

  /** The memory with what files say besides: compactions while the app was off, exports whose end a crash has swallowed. */
  function recall({ snapshot, ledger }: TrackedSession, id: string): { memory: PolicyMemory; compacted: boolean } {
    const memory = saved.memoryOf(id);
    const { compactions } = snapshot.facts;
    const exportedAt = ledger?.lastThresholdExportAt ?? null;
    const isLater = exportedAt !== null && exportedAt > (memory.cooldownFrom ?? '');
    return {
      memory: { ...memory, compactions, cooldownFrom: isLater ? exportedAt : memory.cooldownFrom },
      compacted: memory.compactions !== null && compactions > memory.compactions,
    };
  }

  function tellNews(
    tracked: TrackedSession,
    session: SessionState,
    news: { compacted: boolean; crossed: boolean },
  ): void {
    const whose = { sessionId: session.id, project: session.project, title: session.title };
    if (news.compacted) {
      const { preTokens = null, postTokens = null } = tracked.snapshot.facts.lastCompaction ?? {};
      options.addEvent({ kind: 'compacted', ...whose, preTokens, postTokens });
    }
    if (news.crossed && !saved.paused() && session.percent !== null) {
      options.addEvent({ kind: 'threshold-crossed', ...whose, percent: session.percent });
    }
  }

  async function carryOut(
    order: ExportOrder,
    decision: Extract<ExportDecision, { kind: 'export' }>,
    quietSince: string,
  ): Promise<void> {
    const { id } = order.session;
    const at = () => options.now().toISOString();
    const onCommitted = () => saved.remember(id, rememberExport(saved.memoryOf(id), decision, at(), quietSince));
    const toldCause = saved.memoryOf(id).failures?.cause ?? null;
    const outcome = await exporter.exportSession({ ...order, toldCause, onCommitted });
    beside.forget(id);
    if (outcome.kind === 'failed') {
      saved.remember(id, rememberFailure(saved.memoryOf(id), exporter.failureOf(id) ?? outcome.message, at()));
      return;
    }
    compactionsWaiting.delete(id);
    if (outcome.kind === 'exported') options.onExported(id);
    else saved.remember(id, { ...saved.memoryOf(id), failures: null });
  }

  return {
    judge(tracked, session, first = false) {
      if (!tracked.snapshot.complete || isBeingWritten(tracked, options.now())) return;
      const common = options.settings();
      const { cooldownMinutes, idleExportMinutes } = common;
      const { from: thresholdPercent, to: maxPercent } = bandOfSession(common, session.id);
      const settings = { thresholdPercent, maxPercent, cooldownMinutes, idleExportMinutes };
      const reading = readContext(tracked, common, options.known(tracked.file));
      const measuredPercent = reading.kind === 'measured' ? reading.percent : null;
      const recalled = recall(tracked, session.id);
      const { memory, crossed } = followEpisode({ ...recalled, measuredPercent, settings });
      if (!session.live && !saved.knows(session.id)) return;
      saved.remember(session.id, memory);
      if (!first) tellNews(tracked, session, { compacted: recalled.compacted, crossed });
      if (recalled.compacted) compactionsWaiting.add(session.id);
      if (!options.mayExport() || exporter.isExporting(session.id)) return;
      const quietSince = new Date(tracked.file.modifiedAtMs).toISOString();
      const decision = decideExport({
        measuredPercent,
        compacted: compactionsWaiting.has(session.id),
        somethingNew: tracked.snapshot.hasSomethingNew || beside.isNew(session.id),
        paused: saved.paused(),
        live: session.live,
        quietSince,
        settings,
        memory,
        nowMs: options.now().getTime(),
      });
      if (decision.kind === 'wait') {
        if (decision.reason.kind === 'nothing-new') beside.look(tracked);
        return;
      }
      const order = orderOf(tracked, session, decision, measuredPercent);
      log.info(`${reasonFor(order)} - triggering export...`);
      void carryOut(order, decision, quietSince);
    },
  };
}

function reasonFor({ trigger, percent }: ExportOrder): string {
  if (trigger === 'idle') return 'The session went quiet';
  return percent === null ? 'After a compaction' : `Context at ${percent.toFixed(1)}%`;
}

/** A line without its end is judged when that has come, or when nobody has written on for a while: exports end at line ends. */
function isBeingWritten({ file, snapshot }: TrackedSession, now: Date): boolean {
  return snapshot.endsMidLine && now.getTime() - file.modifiedAtMs < lineEndPatienceMs;
}

/** For a compaction the figures are those right before it. */
function orderOf(
  { snapshot }: TrackedSession,
  session: SessionState,
  { trigger, late, firstOfEpisode }: Extract<ExportDecision, { kind: 'export' }>,
  measuredPercent: number | null,
): ExportOrder {
  if (trigger !== 'compaction') {
    return { session, percent: measuredPercent, usedTokens: session.usedTokens, trigger, late, firstOfEpisode };
  }
  const usedTokens = snapshot.facts.lastCompaction?.preTokens ?? null;
  const { windowTokens } = session;
  const percent = usedTokens === null || windowTokens === null ? null : (usedTokens / windowTokens) * 100;
  return { session, percent, usedTokens, trigger, late, firstOfEpisode };
}
