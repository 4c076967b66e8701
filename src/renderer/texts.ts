import type {
  CompactionLineSource,
  ExportTrigger,
  Forecast,
  RootHealth,
  RootSource,
  WindowSource,
} from '../shared/app-state.js';
import type { NoticeKind } from '../shared/settings.js';
import type { Presence } from './presence.js';

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const triggers: Readonly<Record<ExportTrigger, string>> = {
  threshold: 'by threshold',
  compaction: 'by compaction',
  idle: 'when quiet',
  retention: 'before deletion',
  manual: 'by hand',
};

const windowSources: Readonly<Record<WindowSource, string>> = {
  override: 'Window size from your settings',
  observed: 'Window size seen in this session',
  requested: 'Window size asked for by the client',
  learnt: 'Window size learnt from compactions',
  table: 'Window size known for this model',
  assumed: 'Window size assumed: this model is not known yet',
};

const presences: Readonly<Record<Presence, string>> = {
  waiting: 'waits for you',
  working: 'working',
  ready: 'ready',
  open: 'open',
  live: 'live',
  idle: 'idle',
};

const lineSources: Readonly<Record<CompactionLineSource, (learntFrom: number) => string>> = {
  learnt: (learntFrom) => `learnt from ${counted(learntFrom, 'compaction', 'compactions')}`,
  settings: () => 'from the client’s settings',
  rule: () => 'by the client’s rule',
};

const rootStates: Readonly<Record<RootHealth['state'], string>> = {
  watching: 'watching',
  polling: 'read at each check',
  slow: 'not answering',
  missing: 'missing',
  unreadable: 'unreadable',
};

const rootSources: Readonly<Record<RootSource, string>> = {
  usual: "Claude Code's usual folder",
  environment: 'From CLAUDE_CONFIG_DIR',
  settings: 'From your settings',
  flag: 'From --claude-dir',
};

const noticeKindWords: Readonly<Record<NoticeKind, string>> = {
  exported: 'Exported',
  'processing-failed': 'Exported, not archived',
  'export-failed': 'Export failed',
  'batch-processed': 'Pending exports processed',
  'threshold-crossed': 'Threshold reached',
  compacted: 'Compacted',
  retention: 'Deletion by Claude Code near',
  'archive-large': 'Archive is large',
  'watching-degraded': 'A folder is not watched',
};

const pendingStates = {
  waiting: () => 'waiting',
  processing: () => 'processing',
  retrying: (attempts: number) => `retrying · ${counted(attempts, 'attempt', 'attempts')}`,
  failed: (attempts: number) => `failed · ${counted(attempts, 'attempt', 'attempts')}`,
};

/** Every word the page shows or speaks, ready for translation; what varies comes in as arguments. */
export const texts = {
  appName: 'Context Watcher',
  listSeparator: ' · ',
  loading: 'Reading your sessions …',
  noConnection: 'The page has no connection to the app. Quit Context Watcher and start it again.',
  crashed: 'The page stopped because of a fault. Quit Context Watcher and start it again.',
  places: { label: 'Places', sessions: 'Sessions', archive: 'Archive', settings: 'Settings' },
  session: {
    fullestHeading: 'Fullest live session',
    contextOf: (project: string) => `Context of ${project}`,
    percentWords: (percent: string, estimated: boolean) => `${estimated ? 'about ' : ''}${percent} percent`,
    tokensOf: (used: string, window: string) => `${used} of ${window}`,
    tokensOnly: (used: string) => `${used} tokens`,
    estimated: (text: string) => `about ${text}`,
    window: (size: string) => `${size} window`,
    windowAssumed: (size: string) => `${size} window, assumed`,
    windowSources,
    noModel: 'model not known yet',
    presences,
    waitsFor: (what: string) => `waits for you: ${what}`,
    justNow: 'just now',
    ago: (age: string) => `${age} ago`,
    noReading: 'no reading yet',
    reading: 'reading …',
    compacted: 'just compacted',
    compactedFrom: (before: string) => `just compacted from ${before}`,
    compactedTo: (before: string, after: string) => `just compacted ${before} → about ${after}`,
    inBand: 'in the export band',
    aboveBand: 'above the export band',
    untitled: 'untitled session',
    unnamed: 'unnamed project',
    notListed: 'This session isn’t listed any more.',
    heading: 'Sessions',
    counts: (live: number, idle: number) => (idle === 0 ? `${live} live` : `${live} live · ${idle} idle`),
    idleHeading: 'Idle sessions',
    liveHeading: 'Live sessions',
    badLines: (count: number) =>
      `${counted(count, 'unreadable line', 'unreadable lines')} passed over; the rest is read`,
  },
  details: {
    measured: 'Measured: the figures of the newest answer',
    estimated: 'Estimated until the first answer after the compaction',
    readingRest: 'Read from the end of the file; the rest is being read',
    branch: (branch: string) => `Branch ${branch}`,
    client: (version: string) => `Claude Code ${version}`,
    compactions: (count: number) => `Compacted ${counted(count, 'time', 'times')} so far`,
  },
  compaction: {
    at: (tokens: string) => `compacts at about ${tokens}`,
    known: (line: string, source: string) => `${line}, ${source}`,
    sources: lineSources,
    off: 'automatic compaction is off',
  },
  forecast: {
    turns: (turns: number) => `about ${counted(turns, 'turn', 'turns')}`,
    minutes: (minutes: string) => `, ${minutes}`,
    goals: { compaction: ' to compaction', full: ' until full' } satisfies Record<Forecast['to'], string>,
    anyMoment: { compaction: 'compacts at any moment', full: 'full at any moment' } satisfies Record<
      Forecast['to'],
      string
    >,
    basis: (perTurn: string, perMinute: string | null) =>
      `grows by about ${perTurn} a turn${perMinute === null ? '' : `, ${perMinute} a minute`}`,
  },
  transcript: {
    openFor: (project: string, title: string) => `Open transcript: ${project}, ${title}`,
    busyFor: (project: string) => `Opening the transcript… ${project}`,
  },
  exporting: {
    action: 'Export now',
    actionFor: (project: string, title: string) => `Export now: ${project}, ${title}`,
    busy: 'Exporting…',
    busyFor: (project: string) => `Exporting… ${project}`,
    exported: (messages: number) =>
      messages === 0 ? 'Exported' : `Exported ${counted(messages, 'message', 'messages')}`,
    nothingNew: 'Nothing new to export',
    failed: 'Export failed',
    outcomeOf: (project: string, outcome: string) => `${project}: ${outcome}`,
    showOnly: 'The Python daemon exports at present',
    counting: 'counting messages …',
    reading: 'reading …',
    notExported: (messages: number) => `${counted(messages, 'message', 'messages')} not exported`,
    notExportedShort: (count: number) => `${count} not exported`,
    allExported: 'all exported',
    nothingYet: 'nothing to export yet',
    through: (time: string) => `Exported through ${time}`,
    lastExport: (time: string) => `last export ${time}`,
  },
  pending: {
    heading: 'Pending exports',
    retry: 'Retry now',
    actions: {
      retry: (name: string) => `Try ${name} again`,
      open: (name: string) => `Open ${name}`,
      reveal: (name: string) => `Show ${name} in its folder`,
      'set-aside': (name: string) => `Set ${name} aside`,
    },
    more: (count: number) => `Show ${count} more`,
    fewer: 'Show fewer',
    unshown: (count: number) => `and ${count} more that wait`,
    asideHeading: 'Set aside',
    bringBack: (name: string) => `Bring ${name} back`,
    unfinished: 'unfinished',
    atPercent: (percent: string) => `at ${percent}%`,
    triggers,
    states: pendingStates,
  },
  rules: {
    heading: 'Automatic exports',
    band: 'Export between',
    bandValue: (from: number, to: number) => `${from}% and ${to}%`,
    threshold: 'Export threshold',
    maximum: 'Export maximum',
    percentValue: (percent: number) => `${percent} percent`,
    bandHint: 'A session is exported from the first percentage on. Above the second it counts as late.',
    cooldown: 'Cooldown',
    cooldownHint: 'How long a session is left alone after it was exported by its threshold.',
    cooldownField: 'Cooldown in minutes',
    cooldownUnit: 'min',
    cooldownValue: (minutes: number) => counted(minutes, 'minute', 'minutes'),
    heldByFlag: (flags: string) => `Set by ${flags} for this run; a change replaces it.`,
    and: ' and ',
    modelWithWindow: (model: string, window: string) => `${model} with a ${window} window`,
    unreached: (models: readonly (readonly [name: string, percent: number])[]) => {
      const named = models.map(([name, percent], index) => `${name} (${index === 0 ? 'compacts ' : ''}at ${percent}%)`);
      return `Threshold never reached by ${named.join(', ')}.`;
    },
    notWhole: 'Only whole numbers, please.',
  },
  pause: {
    pause: 'Pause',
    resume: 'Resume',
    banner: 'Automatic exports are paused.',
    automatic: 'Automatic exports',
    automaticHint: 'Off: they are paused until you switch them on again. Export now still works.',
  },
  settings: {
    back: 'Back to all settings',
    reset: (name: string) => `Back to the default: ${name}`,
    groups: {
      exports: 'Exports',
      notices: 'Notices',
      gauge: 'Gauge and colours',
      app: 'App',
      folders: 'Folders',
      windows: 'Context windows',
      scripts: 'Scripts',
      files: 'Files and help',
    },
    summaries: {
      paused: 'paused',
      exports: (from: number, to: number, cooldown: number) =>
        `${from}% to ${to}%, ${cooldown === 0 ? 'no cooldown' : `${counted(cooldown, 'minute', 'minutes')} apart`}`,
      notices: (shown: number, all: number, sound: boolean) =>
        `${shown === all ? 'all shown' : `${shown} of ${all} shown`}, ${sound ? 'with sound' : 'silent'}`,
      gauge: (shape: string, ink: string) => `${shape}, ${ink}`.toLowerCase(),
      app: (login: boolean, theme: string) =>
        `${login ? 'starts at login' : 'started by you'}, theme: ${theme.toLowerCase()}`,
      windows: (count: number) =>
        count === 0 ? 'known by themselves' : `${counted(count, 'model', 'models')} with a size of your own`,
      scripts: (running: number, command: boolean) =>
        running === 0 && !command
          ? 'none'
          : [
              ...(running === 0 ? [] : [counted(running, 'script', 'scripts')]),
              ...(command ? ['a command of your own'] : []),
            ].join(', '),
      files: 'archive, log, diagnostics',
    },
    poll: 'Check every',
    pollField: 'Poll interval in seconds',
    pollUnit: 's',
    pollHint: 'Changes are seen at once; this check catches what was missed. 1 to 3600 seconds.',
    beforeDeletion: 'Archive before deletion',
    beforeDeletionHint: 'Claude Code deletes old sessions by itself. Those not archived yet are archived before.',
    idle: 'Export when quiet for',
    idleField: 'Minutes of quiet before an export',
    idleHint: 'A session that nobody writes to is exported once. 0 switches this off.',
    idleUnit: 'min',
    reminder: 'Remind me of a large archive',
    reminderField: 'Archive size in gigabytes',
    reminderUnit: 'GB',
    reminderHint: 'The archive only grows. You are told once when it passes this size.',
    sound: 'Sound',
    soundHint: 'Off: no notice makes a sound.',
    quiet: 'Quiet hours',
    quietHint: 'Between these times of the day notices are shown without a sound.',
    quietEdges: { from: 'From', to: 'until' },
    kindsHeading: 'Which notices',
    kindsHint: 'Each kind can be left out, or shown without a sound.',
    kinds: noticeKindWords,
    noticeModes: { off: 'Off', silent: 'Silent', sound: 'Sound' },
    shape: 'Shape',
    shapeHint: 'How the fullest live session is drawn in the tray.',
    shapes: { ring: 'Ring', bar: 'Bar', number: 'Number' },
    ink: 'Colours',
    inkHint: 'Automatic follows the menu bar on macOS and is in colour elsewhere.',
    inks: { auto: 'Automatic', colour: 'Colour', monochrome: 'One colour' },
    gaugeTitle: 'Percentage beside the gauge',
    gaugeTitleHint: 'Shows the figure in the menu bar as text.',
    colours: 'Near and full',
    coloursHint: 'From these percentages on gauge and bars change their colour.',
    coloursFollow:
      'Gauge and bars change their colour where the export band begins and ends. Move a thumb to set your own.',
    coloursValue: (warn: number, alarm: number) => `${warn}% and ${alarm}%`,
    warn: 'Near from',
    alarm: 'Full from',
    roots: 'Watched folders',
    rootsHint: 'Sessions are looked for in these folders.',
    rootSources,
    rootHealth: (state: RootHealth['state'], sessionFiles: number | null) =>
      sessionFiles === null
        ? rootStates[state]
        : `${rootStates[state]} · ${counted(sessionFiles, 'session file', 'session files')}`,
    rootElsewhere: 'From your settings · not watched under this name',
    addRoot: 'Add a folder …',
    removeRoot: (path: string) => `Watch ${path} no more`,
    windows: 'Sizes of your own',
    windowsHint: 'The app finds the size of each model’s context window by itself. Set it here where it gets it wrong.',
    noWindows: 'No model has a size of your own.',
    noModels: 'A model can be added once one of your sessions uses it.',
    addWindow: 'Add a model',
    windowField: (model: string) => `Context window of ${model} in tokens`,
    windowUnit: 'tokens',
    removeWindow: (model: string) => `Let the app find the size of ${model}`,
    sessionsOwn: 'Single sessions',
    ownThreshold: (percent: number) => `exported from ${percent}%`,
    removeOwn: (name: string) => `Back to the usual values: ${name}`,
    login: 'Start at login',
    loginHint: 'The gauge is there when you log in; nothing else opens.',
    shortcut: 'Shortcut',
    shortcutHint: 'Opens this window from anywhere.',
    shortcutListening: 'Press the keys together, such as Ctrl, Shift and U. Escape leaves it as it is.',
    noShortcut: 'None',
    pressKeys: 'Press keys …',
    keepOpen: 'Keep this window open',
    keepOpenHint: 'It stays in front when you use another window. Escape still closes it.',
    theme: 'Theme',
    themeHint: 'System follows your desktop, also its high contrast.',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    mask: 'Mask secrets',
    maskHint: 'What looks like a key or password is masked where you read transcripts. The archive keeps it.',
    files: 'Files',
    archive: 'Archive',
    pendingFolder: 'Pending exports',
    log: 'Log',
    settingsFile: 'Settings',
    storageHint:
      'Another place for all of this is set as contextStorage in the settings file, and used after the next start.',
    open: 'Open',
    openPlace: (name: string) => `Open ${name}`,
    version: (version: string) => `Context Watcher ${version}`,
    diagnostics: 'Copy diagnostics',
    diagnosticsHint:
      'For a bug report: version, system, counts and settings. Nothing of your sessions, no names, no paths.',
    diagnosticsCopied: 'Copied. Paste it where you ask for help.',
  },
  problems: {
    label: 'Problems',
    more: (count: number) => `Show ${count} more`,
    fewer: 'Show fewer',
    stopDaemon: 'Stop the daemon',
    showOnly: 'A Python daemon is running and does the exporting. Context Watcher only shows.',
  },
  deletion: {
    near: (sessions: number, size: string) =>
      `Claude Code will delete ${counted(sessions, 'session', 'sessions')} soon (${size} not archived).`,
    archive: 'Archive',
    archiving: (sessions: number) => `Archiving ${counted(sessions, 'session', 'sessions')} before the deletion …`,
  },
  scripts: {
    offerLabel: 'An offer',
    offer: 'CODITECT’s exporter is installed. Run it as well after each export?',
    accept: 'Yes',
    decline: 'No',
    exporter: 'Run CODITECT’s exporter too',
    exporterHint: 'After each export of the session written to last. The built-in export is never touched by it.',
    extractor: 'Run CODITECT’s extractor too',
    extractorHint: 'Besides the built-in index, on each exported file.',
    missing: 'None of CODITECT’s scripts is installed. The app does all of it by itself.',
    command: 'Command after each export',
    noCommand: 'None',
    commandHint:
      'Set it as commandAfterExport in the settings file (Files and help opens it). The app asks you before it runs.',
  },
  demo: {
    banner: 'This is a demo – nothing here is yours.',
    leave: 'Leave the demo',
    start: 'Watch the demo',
  },
  firstRun: {
    heading: 'What is copied, and where',
    copied: 'When a session nears its limit, its transcript is copied to a folder on this machine:',
    grows: 'Archives grow with every export; old ones are never deleted.',
    stays: 'Nothing leaves this machine.',
    confirm: 'Got it',
  },
  empty: {
    heading: 'No session yet',
    body: 'Start Claude Code and its session shows up here by itself.',
    watched: 'Watching these folders:',
    demo: 'Curious? The demo plays a made-up session, faster than life.',
    noneLive: 'No live session',
    noneLiveBody: 'The gauge follows the next session that is written to.',
  },
  archive: {
    emptyHeading: 'Nothing archived yet',
    emptyBody:
      'What is exported is kept here, to be searched, read and restored. Claude Code deletes its own copies after a while; these stay.',
  },
  footer: {
    watching: (count: number) => `Watching ${counted(count, 'folder', 'folders')}`,
    watchingSome: (watched: number, all: number) => `Watching ${watched} of ${counted(all, 'folder', 'folders')}`,
    missing: (paths: string) => `Missing: ${paths}`,
    slow: (paths: string) => `Not answering: ${paths}`,
    unreadable: (paths: string) => `Unreadable: ${paths}`,
    openExports: 'Open exports folder',
    openLog: 'Open log',
  },
  toast: { dismiss: 'Dismiss', noAnswer: 'The app did not answer.' },
  events: {
    crossed: (project: string, percent: string) => `${project} reached ${percent} percent`,
    exported: (project: string) => `${project} was exported`,
    failed: (project: string, message: string) => `Export of ${project} failed: ${message}`,
    compacted: (project: string) => `${project} was compacted`,
    archived: (sessions: number) => `${counted(sessions, 'session', 'sessions')} archived before the deletion`,
    batch: (files: number) => `${counted(files, 'pending export', 'pending exports')} processed`,
    archiveLarge: (size: string) => `The archive takes ${size}, more than you have set`,
  },
};
