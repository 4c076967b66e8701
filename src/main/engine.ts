import type { AppState } from '../shared/app-state.js';
import { archiveLayout } from './archive/archive-layout.js';
import { wireArchive } from './engine/archive-work.js';
import { watchDaemon } from './engine/daemon-watch.js';
import { keepDaemonStateFile } from './engine/daemon-state-file.js';
import { keepEvents } from './engine/event-list.js';
import { keepKnowledge } from './engine/context-knowledge-keeper.js';
import { followClients } from './engine/clients.js';
import { wireExports } from './engine/export-work.js';
import type { Engine, EngineOptions } from './engine/engine-contract.js';
import { makeManualExports } from './engine/manual-exports.js';
import { keepProblems, mirrorProblems } from './engine/problem-list.js';
import { placesOf } from './engine/places.js';
import { pacePublishing } from './engine/paced-publisher.js';
import { openSavedState } from './engine/saved-state.js';
import { runScriptsBeside } from './engine/scripts-beside.js';
import { trackSessions, type TrackedSession } from './engine/session-tracker.js';
import { rememberViews } from './engine/session-views.js';
import { sortByAttention } from './views/attention-order.js';
import { takeDaemonState } from './engine/start-up.js';
import { holdState } from './engine/state-holder.js';
import {
  forgetSession,
  tellContent,
  tellDaemonState,
  tellFault,
  tellLoss,
  tellMemory,
  tellSession,
  tellStorage,
} from './engine/tell-problems.js';
import { makeTicker } from './engine/ticker.js';
import { watchRoots } from './engine/watched-roots.js';
import type { SessionFile } from './sessions/session-file.js';

/** Starts the engine. Resolves when the session folders were walked once; sessions are read meanwhile and after. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { paths, settings, log, now, appVersion } = options;
  const layout = archiveLayout(paths.contextStorage);
  let [started, cleanedUp] = [false, false];
  let stopped: Promise<void> | undefined;

  const publisher = pacePublishing(() => holder.publish(currentState()));
  const problems = keepProblems({
    now,
    onNew: ({ message, mend }) => log.warn(`${message} ${mend}`),
    onChange: () => publisher.soon(),
  });
  const tellSettingsProblems = mirrorProblems(settings.problems, problems);
  const saved = openSavedState({
    store: options.appStateStore,
    now,
    onWrite: (error) => tellMemory(problems, error, paths),
  });
  const events = keepEvents({ now, onAdd: () => publisher.soon() });
  const knowledge = keepKnowledge({ saved, onChange: () => publisher.soon() });
  const tracker = trackSessions({
    folders: layout,
    isQuick: (file) => watched.isQuick(file),
    onRead(tracked, first) {
      tellSession(problems, null, tracked.file);
      tellContent(problems, tracked);
      knowledge.learn(tracked.snapshot.facts.autoCompactions);
      const session = view(tracked);
      log.debug(
        `Read: ${session.percent ?? 'unknown'}% (${session.usedTokens ?? 'unknown'} tokens) - ${session.id}.jsonl`,
      );
      exports.judge(tracked, session, first);
      publisher.soon();
    },
    onGlance: () => publisher.soon(),
    onReadError: (file, error) => tellSession(problems, error, file),
    onFault: (error) => tellFault(problems, error, log),
    onDrop(sessionId, lost) {
      forgetSession(problems, sessionId);
      if (lost) tellLoss(problems, view(lost));
      publisher.soon();
    },
    onStorage: (error) => tellStorage(problems, error),
  });
  const beside = runScriptsBeside({ engine: options, ...layout, saved, problems, onChange: () => publisher.soon() });
  const archive = wireArchive({
    engine: options,
    layout,
    saved,
    problems,
    tracker,
    extractor: beside.extractor,
    askRoots: (ask) => watched.ask(ask),
    isExporting: (sessionId) => exporter.isExporting(sessionId),
    daemonPid: () => daemon.pid(),
    addEvent: events.add,
    onChange: () => publisher.soon(),
  });
  const { queue, actions } = archive;
  const watched = watchRoots({
    ...options,
    settings: settings.current,
    problems,
    onFile: (file) => void (isWorthFollowing(file) && tracker.see(file)),
    onGone: tracker.forget,
    onChange: () => publisher.soon(),
  });
  const clients = followClients({
    ...options,
    problems,
    ask: watched.ask,
    follows: tracker.follows,
    onOpened: (file) => void tracker.see(file),
    onHints: knowledge.takeHints,
    onCleanupPeriod: (configFolder, days) => deletions.takePeriod(configFolder, days),
    onChange: () => publisher.soon(),
    onFault: (error) => tellFault(problems, error, log),
  });
  const { liveness } = clients;
  const stateFile = keepDaemonStateFile({
    file: paths.stateFile,
    now,
    onFault: (error) => tellDaemonState(problems, error, paths),
  });
  const daemon = watchDaemon({
    first: options.daemonPid,
    pidFile: paths.pidFile,
    onStarted(pid) {
      log.warn(`A Python daemon has started (PID ${pid}) and exports the same sessions: from now on only watching.`);
      archive.pause();
    },
    async onEnded() {
      log.info('The Python daemon has ended; exporting from now on.');
      await options.onDaemonEnded();
      await takeDaemonState({ file: paths.stateFile, saved, log, again: true });
      await beginExporting();
    },
  });
  const view = rememberViews(({ file }) => ({
    live: liveness.isLive(file),
    client: liveness.clientOf(file.id),
    exporting: exporter.isExporting(file.id),
    settings: settings.current(),
    known: knowledge.about(file),
  }));
  const exports = wireExports({
    engine: options,
    folders: layout,
    saved,
    problems,
    tracker,
    queue,
    view,
    known: knowledge.about,
    isLive: liveness.isLive,
    isQuick: watched.isQuick,
    files: watched.files,
    mayExport: () => daemon.pid() === null && started,
    onExported: beside.follow,
    addEvent: events.add,
    onChange: () => publisher.soon(),
  });
  const { exporter, direct, deletions } = exports;
  const ticker = makeTicker(tick, (error) => tellFault(problems, error, log));
  const holder = holdState(currentState());

  function isWorthFollowing(file: SessionFile): boolean {
    // In this order for ten thousand old files: the clock is asked once for each.
    const { id } = file;
    return liveness.isRecent(file) || liveness.clientOf(id) !== null || tracker.follows(id) || saved.knows(id);
  }

  function isListed({ file, snapshot }: TrackedSession): boolean {
    const isOpen = snapshot.unexportedMessages !== 0 || exporter.isExporting(file.id);
    return isOpen || liveness.isLive(file) || liveness.isRecent(file);
  }

  function currentState(): Omit<AppState, 'revision'> {
    return {
      sessions: sortByAttention(tracker.all().map(view)),
      pendingExports: queue.pending(),
      pendingTotal: queue.total(),
      setAside: actions.aside(),
      archive: archive.keeper.state(tracker.all().map(({ file }) => file.id)),
      settings: settings.current(),
      problems: problems.all(),
      heldByFlag: settings.held(),
      roots: watched.health(),
      nearDeletion: deletions.state(),
      paused: saved.paused(),
      mode: daemon.pid() === null ? 'exporting' : 'show-only',
      demo: options.demo,
      firstRun: !options.demo && !saved.firstRunConfirmed(),
      events: events.all(),
      scripts: beside.states(),
      places: placesOf(paths),
      appVersion,
    };
  }

  async function cleanUp(): Promise<void> {
    cleanedUp ||= await archive.finishCrashed();
  }

  /** What no event tells: a daemon that comes or goes, clients that end, roots that appear, sessions that grow old. */
  async function tick(): Promise<void> {
    await daemon.check();
    if (daemon.pid() === null) await cleanUp();
    else await queue.refresh().catch((error: unknown) => tellStorage(problems, error));
    await beside.look();
    await actions.lookAside().catch((error: unknown) => tellStorage(problems, error));
    await watched.rewatch();
    await clients.look();
    await tracker.retry();
    for (const tracked of tracker.all()) {
      if (!isListed(tracked) || !watched.holds(tracked.file.path)) tracker.drop(tracked.file.id);
    }
    exports.judgeAll();
    if (!options.demo) deletions.lookIfDue().catch((error: unknown) => tellStorage(problems, error));
    publisher.soon();
  }

  async function beginExporting(): Promise<void> {
    await cleanUp();
    await beside.begin();
    archive.begin();
  }

  async function stopDaemon(): Promise<void> {
    const pid = daemon.pid();
    const ended = await daemon.end();
    if (ended.kind === 'failed') {
      const mend = `End the process ${pid ?? ''} yourself; exporting begins when it has ended.`;
      return problems.report({ code: 'daemon-survives', message: ended.message, mend });
    }
    problems.clear('daemon-survives');
    return tick();
  }

  /** Looks at everything now, and waits until it is read. */
  async function sweepNow(): Promise<void> {
    await watched.sweep();
    await tick();
    await tracker.settled();
  }

  async function end(): Promise<void> {
    started = false; // What is still being read starts no export any more.
    deletions.stop();
    ticker.stop();
    liveness.stop();
    await watched.stop();
    await exporter.finish();
    await archive.stop();
    await beside.finish();
    saved.flush();
    publisher.now();
    publisher.stop();
    if (daemon.pid() === null) await stateFile.close(holder.state());
  }

  for (const problem of options.startProblems) problems.report(problem);
  tellSettingsProblems();
  holder.subscribe((state) => {
    if (daemon.pid() === null && started) stateFile.update(state);
  });
  if (daemon.pid() === null) {
    await takeDaemonState({ file: paths.stateFile, saved, log, again: false });
    await beginExporting();
  }
  await clients.refresh();
  await watched.rewatch();
  started = true;
  await tick();
  ticker.every(settings.current().pollIntervalSeconds);
  publisher.now();
  if (daemon.pid() === null) stateFile.update(holder.state());

  return {
    state: holder.state,
    subscribe: holder.subscribe,
    settled: () => tracker.settled().then(publisher.now),
    exportNow: makeManualExports({
      tracker,
      direct,
      liveness,
      askRoots: watched.ask,
      daemonPid: daemon.pid,
      sweep: sweepNow,
    }),
    updateSettings(patch) {
      const { faults } = settings.update(patch);
      if (faults.length > 0) return { faults };
      tellSettingsProblems();
      if (patch.archiveBeforeDeletion === true)
        deletions.look().catch((error: unknown) => tellStorage(problems, error));
      watched.setPollInterval(settings.current().pollIntervalSeconds);
      ticker.every(settings.current().pollIntervalSeconds);
      ticker.now();
      archive.keeper.judge();
      publisher.soon();
      return { faults };
    },
    setPaused(paused) {
      saved.setPaused(paused);
      log.info(paused ? 'Automatic exports are paused.' : 'Automatic exports go on.');
      if (!paused) exports.judgeAll();
      publisher.soon();
    },
    ...archive.requests,
    retryPending: actions.retry,
    setPendingAside: actions.setAside,
    bringPendingBack: actions.bringBack,
    pendingPath: actions.pathOf,
    archiveNearDeletion() {
      deletions.archive().catch((error: unknown) => tellStorage(problems, error));
    },
    confirmFirstRun() {
      saved.confirmFirstRun();
      publisher.soon();
    },
    answerExporterOffer(accepted) {
      beside.answerExporterOffer(accepted);
      tellSettingsProblems();
      publisher.soon();
    },
    confirmCommand: beside.confirmCommand,
    stopDaemon,
    reportProblem: problems.report,
    clearProblem: problems.clear,
    sweepNow,
    stop: () => (stopped ??= end()),
  };
}
