import { defaultActiveSeconds } from '../engine/liveness.js';
import { settingsFields } from '../settings/schema.js';

/** One flag of the command line, as `util.parseArgs` and `--help` need it. */
export interface Flag {
  readonly name: string;
  /** What stands for the value in the help, or null for a switch. */
  readonly value: string | null;
  readonly isRepeatable?: true;
  /** The short form, without its dash. */
  readonly letter?: string;
  readonly help: string;
}

const { thresholdPercent, maxPercent, cooldownMinutes, pollIntervalSeconds } = settingsFields;

/** The commands that print one JSON object with `--json`. */
export const jsonCommands = ['once', 'status', 'pending', 'search', 'verify'] as const;

/** The same as people read them, as in "--once or --status". */
export const jsonCommandsText = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
  jsonCommands.map((name) => `--${name}`),
);

/** Every flag, in the order in which the help lists them. */
export const flags: readonly Flag[] = [
  {
    name: 'threshold',
    value: 'PERCENT',
    help: `Export a session that is this full, ${thresholdPercent.range} (default: ${thresholdPercent.default})`,
  },
  {
    name: 'max-threshold',
    value: 'PERCENT',
    help: `Above this an export is late and made once, ${maxPercent.range} (default: ${maxPercent.default})`,
  },
  {
    name: 'cooldown',
    value: 'MINUTES',
    help: `Time between two exports of one session, ${cooldownMinutes.range} (default: ${cooldownMinutes.default})`,
  },
  {
    name: 'poll-interval',
    value: 'SECONDS',
    help: `Time between two sweeps, ${pollIntervalSeconds.range} (default: ${pollIntervalSeconds.default})`,
  },
  {
    name: 'active-within',
    value: 'SECONDS',
    help: `A session written to within this time is live; 0 lists all (default: ${defaultActiveSeconds})`,
  },
  {
    name: 'claude-dir',
    value: 'DIR',
    isRepeatable: true,
    help: 'Watch only this Claude Code folder (or its projects folder); may be given several times (default: ~/.claude, $CLAUDE_CONFIG_DIR, ~/.config/claude and the settings)',
  },
  {
    name: 'data-dir',
    value: 'DIR',
    help: 'Keep exports, archive, log, settings and state below this folder (default: the usual context storage)',
  },
  { name: 'status', value: null, help: 'Say whether it runs and what it saw last, and exit' },
  { name: 'stop', value: null, help: 'Stop the running instance once the export in hand is done, and exit' },
  { name: 'show', value: null, help: 'Open the popover of the running app, and exit' },
  { name: 'once', value: null, help: 'Read every session once, print a table, and exit; writes nothing' },
  {
    name: 'export-now',
    value: '[SESSION]',
    help: 'Export all live sessions with something new, or the one with this id or unique start of it (8 or more characters), and exit',
  },
  { name: 'pending', value: null, help: 'List what waits to be archived and what was set aside, and exit' },
  {
    name: 'retry',
    value: 'NAME',
    help: 'Try a pending file again now, or all of them with the name "all", and exit',
  },
  {
    name: 'set-aside',
    value: 'NAME',
    help: 'Move a pending file to the set-aside folder, and exit; nothing is deleted',
  },
  { name: 'bring-back', value: 'NAME', help: 'Move a file that was set aside back to the pending ones, and exit' },
  {
    name: 'verify',
    value: null,
    help: 'Compare everything in the archive with its checksums, name what is damaged or missing, and exit; writes nothing',
  },
  {
    name: 'restore',
    value: 'SESSION',
    help: 'Rebuild the session file with this id or unique start of it (8 or more characters) from the archive, never over a newer one, and exit',
  },
  {
    name: 'transcript',
    value: 'SESSION',
    help: 'Print the archived session with this id or unique start of it as Markdown to be read, and exit',
  },
  {
    name: 'html',
    value: null,
    help: 'With --transcript: write one HTML file instead (default: transcripts/ in the context storage)',
  },
  {
    name: 'to',
    value: 'PATH',
    help: 'With --restore: the folder it goes to (default: where it came from); with --transcript: the file',
  },
  {
    name: 'search',
    value: 'TEXT',
    help: 'Search the archive for words, "phrases" and the start* of words, print what is found, and exit',
  },
  { name: 'project', value: 'NAME', help: 'With --search: only in projects whose name holds this' },
  { name: 'role', value: 'ROLE', help: 'With --search: only what this one said: user, assistant, tool or system' },
  { name: 'since', value: 'DAY', help: 'With --search: only from this day or time on, such as 2026-11-01' },
  { name: 'until', value: 'DAY', help: 'With --search: only up to the end of this day, or before this time' },
  { name: 'session', value: 'ID', help: 'With --search: only in the session with this id or start of it' },
  { name: 'limit', value: 'NUMBER', help: 'With --search: print so many results, from 1 to 100 (default: 20)' },
  {
    name: 'mask-secrets',
    value: null,
    help: 'Mask what looks like a secret in transcripts and in what --search prints (default: as in the settings)',
  },
  { name: 'reindex', value: null, help: 'Build the search index anew from the archive, and exit' },
  {
    name: 'confirm-command',
    value: '[CODE]',
    help: 'Show the command after exports of the settings file and its code; with that code confirm it, so that it is run; and exit',
  },
  { name: 'json', value: null, help: `With ${jsonCommandsText}: print one JSON object` },
  { name: 'headless', value: null, help: 'Run without tray and popover (the default of this command)' },
  { name: 'demo', value: null, help: 'Play a generated session in a temporary folder' },
  { name: 'help', letter: 'h', value: null, help: 'Show this text and exit' },
  { name: 'version', value: null, help: 'Show the version and exit' },
];
