import type { NewAppEvent } from '../shared/app-state.js';
import { archiveLayout } from './archive/archive-layout.js';
import { wireArchive } from './engine/archive-work.js';
import { currentState } from './engine/current-state.js';
import { wireDaemon } from './engine/daemon-work.js';
import { keepDismissals } from './engine/dismissals.js';
import { keepEvents } from './engine/event-list.js';
import { keepKnowledge } from './engine/context-knowledge-keeper.js';
import { followClients } from './engine/clients.js';
import { wireExports } from './engine/export-work.js';
import type { Engine, EngineOptions } from './engine/engine-contract.js';
import { makeManualExports } from './engine/manual-exports.js';
import { keepMutes } from './engine/notice-mutes.js';
import { keepProblems, mirrorProblems } from './engine/problem-list.js';
import { pacePublishing } from './engine/paced-publisher.js';
import { openSavedState } from './engine/saved-state.js';
import { keepRecent } from './engine/recent-happenings.js';
import { runScriptsBeside } from './engine/scripts-beside.js';
import type { TrackedSession } from './engine/session-tracker.js';
import { rememberViews } from './engine/session-views.js';
import { wireSessions } from './engine/session-work.js';
import { holdState } from './engine/state-holder.js';
import { tellFault, tellMemory, tellStorage } from './engine/tell-problems.js';
import { makeTicker } from './engine/ticker.js';
import { announceDegradedWatching } from './engine/degraded-watching.js';
import { watchRoots } from './engine/watched-roots.js';
import { makeWishes } from './engine/wishes.js';
import type { SessionFile } from './sessions/session-file.js';

/** Starts the engine. Resolves when the session folders were walked once; sessions are read meanwhile and after. */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const { paths, settings, log, now } = options;
  const layout = archiveLayout(paths.contextStorage);
  let [started, cleanedUp] = [false, false];
  let stopped: Promise<void> | undefined;

  const publisher = pacePublishing(() => holder.publish(currentState(parts)));
  const problems = keepProblems({
    now,
    onNew: ({ message, mend }) => log.warn(`${message} ${mend}`),
    onChange: () => publisher.soon(),
  });
  const onStorageFault = (error: unknown) => tellStorage(problems, error);
  const tellSettingsProblems = mirrorProblems(settings.problems, problems);
  const saved = openSavedState({
    store: options.appStateStore,
    now,
    onWrite: (error) => tellMemory(problems, error, paths),
  });
  const [mutes, dismissals] = [keepMutes({ saved, now }), keepDismissals(saved)];
  const recent = keepRecent({ saved, now });
  const events = keepEvents({ now, onAdd: () => publisher.soon() });
  const knowledge = keepKnowledge({ saved, onChange: () => publisher.soon() });
  const tracker = wireSessions({
    layout,
    knowledge,
    problems,
    isQuick: (file) => watched.isQuick(file),
    view: (tracked) => view(tracked),
    onRead: (tracked, session, first) => exports.judge(tracked, session, first),
    onChange: () => publisher.soon(),
    log,
  });
  const beside = runScriptsBeside({ engine: options, ...layout, saved, problems, onChange: () => publisher.soon() });
  const archive = wireArchive({
    engine: options,
    layout,
    saved,
    problems,
    tracker,
    beside,
    askRoots: (ask) => watched.ask(ask),
    isExporting: (sessionId) => exporter.isExporting(sessionId),
    daemonPid: () => daemon.pid(),
    addEvent: events.add,
    onChange: () => publisher.soon(),
  });
  const { queue, actions } = archive;
  const degraded = announceDegradedWatching({ problems, saved, addEvent: events.add, now });
  const watched = watchRoots({
    ...options,
    settings: settings.current,
    problems: degraded.problems,
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
  const daemon = wireDaemon({
    engine: options,
    saved,
    problems,
    pause: () => archive.pause(),
    takeOver: beginExporting,
  });
  const view = rememberViews(({ file }) => ({
    live: liveness.isLive(file),
    client: liveness.clientOf(file.id),
    exporting: exporter.isExporting(file.id),
    mute: mutes.of(file.id),
    dismissed: dismissals.isDismissed(file),
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
    addEvent,
    onChange: () => publisher.soon(),
  });
  const { exporter, direct, deletions } = exports;
  const ticker = makeTicker(tick, (error) => tellFault(problems, error, log));
  const parts = {
    engine: options,
    tracker,
    view,
    archive,
    watched,
    deletions,
    daemon,
    beside,
    saved,
    mutes,
    problems,
    events,
    recent,
  };
  const holder = holdState(currentState(parts));

  function isWorthFollowing(file: SessionFile): boolean {
    // In this order for ten thousand old files: the clock is asked once for each.
    const { id } = file;
    return liveness.isRecent(file) || liveness.clientOf(id) !== null || tracker.follows(id) || saved.knows(id);
  }

  function isListed({ file, snapshot }: TrackedSession): boolean {
    const isOpen = snapshot.unexportedMessages !== 0 || exporter.isExporting(file.id);
    return isOpen || liveness.isLive(file) || liveness.isRecent(file);
  }

  function addEvent(event: NewAppEvent): void {
    const tracked = 'sessionId' in event ? tracker.find(event.sessionId) : undefined;
    const lastExport = tracked?.ledger?.lastExport ?? null;
    const context = tracked ? { lastExport, lastCompaction: tracked.snapshot.facts.lastCompaction } : null;
    recent.note(event, context);
    events.add(event);
  }

  async function cleanUp(): Promise<void> {
    cleanedUp ||= await archive.finishCrashed();
  }

  /** What no event tells: a daemon that comes or goes, clients that end, roots that appear, sessions that grow old. */
  async function tick(): Promise<void> {
    await daemon.check();
    if (daemon.pid() === null) await cleanUp();
    else await queue.refresh().catch(onStorageFault);
    await beside.look();
    await actions.lookAside().catch(onStorageFault);
    await watched.rewatch();
    await clients.look();
    await tracker.retry();
    for (const tracked of tracker.all()) {
      if (!isListed(tracked) || !watched.holds(tracked.file.path)) tracker.drop(tracked.file.id);
    }
    exports.judgeAll();
    if (!options.demo) deletions.lookIfDue().catch(onStorageFault);
    publisher.soon();
  }

  async function beginExporting(): Promise<void> {
    await cleanUp();
    await beside.begin();
    archive.begin();
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
    degraded.stop();
    ticker.stop();
    liveness.stop();
    await watched.stop();
    await exporter.finish();
    await archive.stop();
    await beside.finish();
    saved.flush();
    publisher.now();
    publisher.stop();
    await daemon.close(holder.state());
  }

  for (const problem of options.startProblems) problems.report(problem);
  tellSettingsProblems();
  holder.subscribe((state) => {
    if (started) daemon.writeState(state);
  });
  await daemon.begin();
  if (daemon.pid() === null) await beginExporting();
  await clients.refresh();
  await watched.rewatch();
  started = true;
  await tick();
  ticker.every(settings.current().pollIntervalSeconds);
  publisher.now();
  daemon.writeState(holder.state());

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
    ...makeWishes({
      engine: options,
      saved,
      problems,
      tracker,
      mutes,
      dismissals,
      archive,
      watched,
      deletions,
      beside,
      ticker,
      publisher,
      judgeAll: exports.judgeAll,
      tellSettingsProblems,
    }),
    ...archive.requests,
    async stopDaemon() {
      if (await daemon.end()) await tick();
    },
    reportProblem: problems.report,
    clearProblem: problems.clear,
    sweepNow,
    stop: () => (stopped ??= end()),
  };
}
