import type { AppState } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';

/** The machine as diagnostics name it: no host, no user. */
export interface MachineFacts {
  readonly platform: string;
  readonly release: string;
  readonly arch: string;
  /** By program, such as `electron`. */
  readonly versions: Readonly<Record<string, string | undefined>>;
}

/** Settings whose values say nothing of the user's folders, sessions or programs; of the others only how many there are is told. */
const plainSettings = [
  'thresholdPercent',
  'maxPercent',
  'warnPercent',
  'alarmPercent',
  'cooldownMinutes',
  'idleExportMinutes',
  'archiveBeforeDeletion',
  'pollIntervalSeconds',
  'archiveReminderGigabytes',
  'noticeSound',
  'noticesOff',
  'noticesSilent',
  'quietHours',
  'gaugeStyle',
  'gaugeColour',
  'gaugeTitle',
  'theme',
  'keepOpen',
  'globalShortcut',
  'launchAtLogin',
  'maskSecrets',
  'extractorScript',
  'exporterScript',
] as const satisfies readonly (keyof Settings)[];

/**
 * What whoever helps needs to know, as plain text to paste: version, machine, counts, codes of problems, settings. No text of
 * a session, no title, no project, no id and no path is in it.
 */
export function diagnosticsText(state: AppState, machine: MachineFacts): string {
  const { settings, archive, roots } = state;
  const versions = Object.entries(machine.versions).flatMap(([name, version]) =>
    version ? [`${name} ${version}`] : [],
  );
  const modes = [state.mode, ...(['paused', 'demo', 'firstRun'] as const).filter((name) => state[name])];
  const kinds = tally(state.events.map(({ kind }) => kind));
  return [
    `Context Watcher ${state.appVersion}`,
    `System: ${machine.platform} ${machine.release} ${machine.arch}; ${versions.join(', ')}`,
    `Mode: ${modes.join(', ')}`,
    `Sessions: ${state.sessions.length}${tally(state.sessions.map((session) => session.state))}`,
    `Windows from: ${tally(state.sessions.map(({ windowSource }) => windowSource ?? 'unknown')).trim() || 'none'}`,
    `Pending: ${state.pendingTotal}${tally(state.pendingExports.map((pending) => pending.state))}; set aside: ${state.setAside.length}`,
    `Archive: ${archive.sessions ?? 'unknown'} sessions, ${archive.bytes ?? 'unknown'} bytes`,
    `Near deletion: ${state.nearDeletion?.sessions ?? 'unknown'}`,
    `Events:${kinds || ' none'}`,
    `Scripts: exporter ${state.scripts.exporter}, extractor ${state.scripts.extractor}`,
    'Folders:',
    ...roots.map((root) => `  ${root.source}: ${root.state}, ${root.sessionFiles ?? 'unknown'} session files`),
    'Problems:',
    ...(state.problems.length === 0 ? ['  none'] : []),
    ...state.problems.map(({ code, since }) => `  ${code} since ${since}`),
    'Settings:',
    ...plainSettings.map((key) => `  ${key}: ${JSON.stringify(settings[key])}`),
    `  thresholdPercentBySession: ${Object.keys(settings.thresholdPercentBySession).length}`,
    `  windowTokensByModel: ${Object.keys(settings.windowTokensByModel).length}`,
    `  windowTokensBySession: ${Object.keys(settings.windowTokensBySession).length}`,
    `  extraRoots: ${settings.extraRoots.length}`,
    `  contextStorage: ${settings.contextStorage === null ? 'usual' : 'chosen'}`,
    `  commandAfterExport: ${settings.commandAfterExport.length === 0 ? 'none' : 'set'}`,
    `  held by flags: ${state.heldByFlag.join(', ') || 'none'}`,
    '',
  ].join('\n');
}

/** How often each word is there, as ` (2 live, 1 idle)`; empty without any. */
function tally(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts.size === 0 ? '' : ` (${[...counts].map(([word, count]) => `${count} ${word}`).join(', ')})`;
}
