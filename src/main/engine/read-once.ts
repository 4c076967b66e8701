import { dirname } from 'node:path';
import type { AppState, NearDeletion, RootHealth } from '../../shared/app-state.js';
import { archiveLayout, type ArchiveLayout } from '../archive/archive-layout.js';
import { listPendingExports } from '../archive/pending-files.js';
import { listSetAside } from '../archive/set-aside.js';
import { rememberSidecars } from '../export/sidecar-look.js';
import { askRoots } from '../sessions/ask-roots.js';
import { listSessionFilesNow } from '../sessions/glance-now.js';
import { isOnNetwork } from '../sessions/network-drive.js';
import { keepRootDisks } from '../sessions/root-disks.js';
import { listSessionFiles, type SessionFile } from '../sessions/session-file.js';
import { resolveSessionRoots, type SessionRoot } from '../sessions/session-roots.js';
import { rememberedArchive } from './archive-state.js';
import type { EngineOptions } from './engine-contract.js';
import { followClientHints } from './client-hints-by-root.js';
import { keepKnowledge } from './context-knowledge-keeper.js';
import { findPythonDaemon } from './daemon-watch.js';
import { keepDismissals } from './dismissals.js';
import { followLiveness } from './liveness.js';
import { findScripts } from './installed-scripts.js';
import { describeNearDeletion, findNearDeletion, newestOfEach } from './near-deletion-figures.js';
import { placesOf } from './places.js';
import { keepMutes } from './notice-mutes.js';
import { keepProblems, type ProblemList } from './problem-list.js';
import { openSavedState } from './saved-state.js';
import { tellSession, tellStorage } from './tell-problems.js';
import { readSessions } from './read-sessions.js';
import { tellRootHealth } from './root-problems.js';
import { sortSessions, viewSession } from './session-view.js';
import { findUnarchivedSessions } from './unarchived-sessions.js';

/** What a reading without an engine needs. */
export type ReadOnceOptions = Pick<
  EngineOptions,
  | 'paths'
  | 'homeFolder'
  | 'environment'
  | 'claudeFolders'
  | 'activeWithinSeconds'
  | 'settings'
  | 'appStateStore'
  | 'startProblems'
  | 'now'
  | 'appVersion'
> & {
  /** The built worker that helps with many sessions; null to do without. */
  readonly glanceWorker: URL | null;
};

/**
 * Reads every session that is live now (all of them with `activeWithinSeconds` 0) and says what the engine would show;
 * of very much text only how full each session is.
 * Writes nothing and starts nothing; works beside a running app.
 */
export async function readOnce(options: ReadOnceOptions): Promise<AppState> {
  const { paths, now, activeWithinSeconds } = options;
  const settings = options.settings.current();
  const problems = keepProblems({ now, onNew: () => undefined, onChange: () => undefined });
  for (const problem of [...options.startProblems, ...options.settings.problems()]) problems.report(problem);
  const roots = await resolveSessionRoots({ ...options, extraRoots: settings.extraRoots }, keepRootDisks());
  const liveness = followLiveness({ activeWithinSeconds, now });
  const saved = openSavedState({ store: options.appStateStore, now, onWrite: () => undefined });
  const [mutes, dismissals] = [keepMutes({ saved, now }), keepDismissals(saved)];
  const knowledge = keepKnowledge({ saved, onChange: () => undefined });
  const periods = new Map<string, number | null>();
  const clientHints = followClientHints({
    now,
    problems,
    onHints: knowledge.takeHints,
    onCleanupPeriod: (configFolder, days) => void periods.set(configFolder, days),
  });
  await Promise.all([liveness.refresh(askRoots(roots)), clientHints.refresh(askRoots(roots))]);
  const daemonPid = await findPythonDaemon(paths.pidFile);
  const listed = await Promise.all(roots.map(listRoot));
  const health = listed.map((root) => root.health);
  tellRootHealth(problems, health);
  const files = newestOfEach(listed.flatMap((root) => root.files));
  const wanted = files.filter((file) => activeWithinSeconds === 0 || liveness.isLive(file));
  const sessions = await readSessions(wanted, paths, {
    glanceWorker: options.glanceWorker,
    learn: ({ snapshot }) => knowledge.learn(snapshot.facts.autoCompactions),
    make(tracked) {
      const { file } = tracked;
      const [live, client] = [liveness.isLive(file), liveness.clientOf(file.id)];
      const [mute, dismissed] = [mutes.of(file.id), dismissals.isDismissed(file)];
      const session = { ...tracked, live, client, exporting: false, mute, dismissed };
      return viewSession(session, settings, knowledge.about(file));
    },
    onReadError: (file, error) => tellSession(problems, error, file),
    onStorage: (error) => tellStorage(problems, error),
  });
  async function lookAtDeletions(): Promise<NearDeletion | null> {
    const local = listed.filter((root) => !root.onNetwork).map((root) => root.health.path);
    const mayRead = ({ folder }: SessionFile) => local.includes(dirname(folder));
    const unarchived = findUnarchivedSessions({ folders: paths, memory: rememberSidecars(), mayRead });
    try {
      const cleanupPeriodDays = ({ folder }: SessionFile) => periods.get(dirname(dirname(folder))) ?? null;
      const isLive = liveness.isLive;
      const near = await findNearDeletion({ files, unarchived, isLive, cleanupPeriodDays, nowMs: now().getTime() });
      return describeNearDeletion(near, false);
    } catch (error) {
      tellStorage(problems, error);
      return null;
    }
  }
  const nearDeletion = await lookAtDeletions();
  const scripts = findScripts({
    ...options,
    demo: false,
    settings: options.settings.current,
    saved,
    onOffer: ignore,
    onChange: ignore,
  });
  await scripts.look();
  const layout = archiveLayout(paths.contextStorage);
  const pending = await listPending(layout, problems);
  return {
    revision: 1,
    sessions: sortSessions(sessions),
    ...pending,
    jobs: [],
    archive: await rememberedArchive(
      layout.sizesFile,
      sessions.map(({ id }) => id),
    ),
    settings,
    problems: problems.all(),
    heldByFlag: options.settings.held(),
    roots: health,
    nearDeletion,
    paused: saved.paused(),
    mute: mutes.ofAll(),
    mode: daemonPid === null ? 'exporting' : 'show-only',
    demo: false,
    firstRun: !saved.firstRunConfirmed(),
    events: [],
    recent: saved.recent(),
    scripts: scripts.states(),
    places: placesOf(paths),
    appVersion: options.appVersion,
  };
}

/** For what a look that happens once has nobody to tell. */
function ignore(): void {}

interface ListedRoot {
  readonly health: RootHealth;
  readonly files: readonly SessionFile[];
  readonly onNetwork: boolean;
}

async function listRoot({ path, source, disk }: SessionRoot): Promise<ListedRoot> {
  const without = (state: RootHealth['state']) => {
    return { health: { path, source, state, sessionFiles: null }, files: [], onNetwork: true };
  };
  try {
    const listed = await disk.orSlow(() => disk.ask(() => listFiles(path)));
    if (listed === null) return without('slow');
    return { health: { path, source, state: 'watching', sessionFiles: listed.files.length }, ...listed };
  } catch (error) {
    return without(error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'unreadable');
  }
}

/** A drive of this machine is waited for, which is much cheaper than giving way at each file. */
async function listFiles(root: string): Promise<Pick<ListedRoot, 'files' | 'onNetwork'>> {
  const onNetwork = await isOnNetwork(root);
  return { files: onNetwork ? await listSessionFiles(root) : listSessionFilesNow(root), onNetwork };
}

async function listPending(
  layout: ArchiveLayout,
  problems: ProblemList,
): Promise<Pick<AppState, 'pendingExports' | 'pendingTotal' | 'setAside'>> {
  try {
    const { shown, total } = await listPendingExports(layout.exportsPending);
    return { pendingExports: shown, pendingTotal: total, setAside: await listSetAside(layout) };
  } catch (error) {
    tellStorage(problems, error);
    return { pendingExports: [], pendingTotal: 0, setAside: [] };
  }
}
