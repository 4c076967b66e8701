import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { ArchiveQuery } from '../../shared/archive-search.js';
import type { Settings, SettingsPatch } from '../../shared/settings.js';
import { defaultActiveSeconds } from '../engine/liveness.js';
import { isPendingName } from '../archive/pending-name.js';
import { settingsFields } from '../settings/schema.js';
import { oneLine } from '../support/one-line.js';
import { flags, jsonCommands, jsonCommandsText } from './flags.js';
import { parseSearch, searchFlags } from './parse-search.js';

/** What the command line asks for. */
export type Command =
  | { readonly name: 'run'; readonly headless: boolean; readonly demo: boolean }
  | { readonly name: 'once'; readonly json: boolean }
  | { readonly name: 'status'; readonly json: boolean }
  | { readonly name: 'stop' }
  | { readonly name: 'show' }
  | { readonly name: 'search'; readonly query: ArchiveQuery; readonly json: boolean }
  | { readonly name: 'reindex' }
  /** `session`: an id or the start of one, or null for all live sessions. */
  | { readonly name: 'export-now'; readonly session: string | null }
  | { readonly name: 'pending'; readonly json: boolean }
  /** `file`: a name in the pending or the set-aside folder; null for all. */
  | { readonly name: 'retry'; readonly file: string | null }
  | { readonly name: 'set-aside' | 'bring-back'; readonly file: string }
  | { readonly name: 'verify'; readonly json: boolean }
  /** `session`: an id or the start of one. `into`: an absolute folder, or null for where the session came from. */
  | { readonly name: 'restore'; readonly session: string; readonly into: string | null }
  /** `code`: of the command that is confirmed, or null to be told which one waits. */
  | { readonly name: 'confirm-command'; readonly code: string | null }
  /** `session`: an id or the start of one. `to`: an absolute file; null: stdout, or for HTML the usual place. */
  | {
      readonly name: 'transcript';
      readonly session: string;
      readonly format: 'markdown' | 'html';
      readonly to: string | null;
    };

/** What goes with any command. */
export interface RunOptions {
  /** Settings that hold for this run. */
  readonly flags: SettingsPatch;
  /** 0: every session counts as live. */
  readonly activeWithinSeconds: number;
  /** Absolute, or null for the usual places. */
  readonly dataFolder: string | null;
  /** Absolute; where not empty, these replace all other roots. */
  readonly claudeFolders: readonly string[];
}

/** `bad`: a sentence that says what is wrong and how to mend it. */
export type ParsedArguments =
  | { readonly kind: 'command'; readonly command: Command; readonly options: RunOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'bad'; readonly message: string };

/** Thrown inside this file only: what is wrong with the arguments. */
class BadArguments extends Error {}

const settingOfFlag = {
  threshold: 'thresholdPercent',
  'max-threshold': 'maxPercent',
  cooldown: 'cooldownMinutes',
  'poll-interval': 'pollIntervalSeconds',
} as const satisfies Readonly<Record<string, keyof Settings>>;

const numberFlags: ReadonlySet<string> = new Set(
  [...Object.keys(settingOfFlag), 'active-within'].map((name) => `--${name}`),
);
const commandNames = [
  'status',
  'stop',
  'show',
  'once',
  'export-now',
  'pending',
  'retry',
  'set-aside',
  'bring-back',
  'search',
  'reindex',
  'verify',
  'restore',
  'confirm-command',
  'transcript',
] as const;
/** Flags that take a value or none. */
const emptyValueFaults: ReadonlyMap<string, string> = new Map([
  ['--export-now', '--export-now= names no session. Leave out the "=" for all.'],
  ['--confirm-command', '--confirm-command= names no code. Leave out the "=" to be told it.'],
]);
const maxActiveWithinSeconds = 100 * 365 * 86_400;

/** Reads the arguments after the program's name. Folders are taken relative to `currentFolder`. */
export function parseArguments(argv: readonly string[], currentFolder: string): ParsedArguments {
  try {
    const values = new Map(Object.entries(parseFlags(argv)));
    if (values.has('help')) return { kind: 'help' };
    if (values.has('version')) return { kind: 'version' };
    const command = commandOf(values, currentFolder);
    return { kind: 'command', command, options: optionsOf(values, currentFolder) };
  } catch (error) {
    if (error instanceof BadArguments) return { kind: 'bad', message: error.message };
    throw error;
  }
}

type Values = ReadonlyMap<string, unknown>;

function parseFlags(argv: readonly string[]): Record<string, unknown> {
  const options: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    flags.map(({ name, value, isRepeatable, letter }) => {
      const type = value === null ? ('boolean' as const) : ('string' as const);
      return [name, { type, multiple: isRepeatable ?? false, ...(letter && { short: letter }) }];
    }),
  );
  try {
    return { ...parseArgs({ args: withValuesJoined(argv), options, strict: true, allowPositionals: false }).values };
  } catch (error) {
    const sentence = oneLine(error instanceof Error ? error.message : String(error), 300).replace(
      /\.? *To specify.*$/s,
      '',
    );
    throw new BadArguments(`${sentence.replace(/\.$/, '')}. Run with --help for the flags.`);
  }
}

/**
 * Some flags take a value or none, a number may be negative and what is searched for may begin with a dash, which
 * `parseArgs` knows none of: such a value is joined to its flag, and a missing one becomes the empty one.
 */
function withValuesJoined(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const [word = '', next] = [argv[index], argv[index + 1]];
    const emptyFault = word.endsWith('=') ? emptyValueFaults.get(word.slice(0, -1)) : undefined;
    if (emptyFault !== undefined) throw new BadArguments(emptyFault);
    if (emptyValueFaults.has(word) && (next === undefined || next.startsWith('-'))) {
      joined.push(`${word}=`);
    } else if (next !== undefined && takesNext(word, next)) {
      joined.push(`${word}=${next}`);
      index += 1;
    } else {
      joined.push(word);
    }
  }
  return joined;
}

function takesNext(word: string, next: string): boolean {
  if (word === '--search') return !flags.some(({ name }) => next === `--${name}`);
  return emptyValueFaults.has(word) || (numberFlags.has(word) && /^-[0-9]/.test(next));
}

function commandOf(values: Values, currentFolder: string): Command {
  const given = commandNames.filter((name) => values.has(name));
  const [name, other] = [given[0], given[1]];
  if (name && other) throw new BadArguments(`--${name} and --${other} can't go together. Give one of them.`);
  const json = values.has('json');
  if (json && !jsonCommands.some((command) => command === name)) {
    throw new BadArguments(`--json goes with ${jsonCommandsText}. Add one of them, or leave out --json.`);
  }
  if (values.has('to') && name !== 'restore' && name !== 'transcript')
    throw new BadArguments('--to goes with --restore or --transcript. Add one of them, or leave out --to.');
  if (values.has('html') && name !== 'transcript')
    throw new BadArguments('--html goes with --transcript. Add it, or leave out --html.');
  const ofSearch = searchFlags.find((flag) => values.has(flag));
  if (ofSearch && name !== 'search')
    throw new BadArguments(`--${ofSearch} goes with --search. Add it, or leave out --${ofSearch}.`);
  const [headless, demo] = [values.has('headless'), values.has('demo')];
  if (name && (headless || demo)) {
    throw new BadArguments(`--${name} and --${demo ? 'demo' : 'headless'} can't go together. Give one of them.`);
  }
  switch (name) {
    case 'once':
    case 'status':
    case 'pending':
    case 'verify':
      return { name, json };
    case 'retry':
      return { name, file: values.get(name) === 'all' ? null : fileOf(name, values.get(name)) };
    case 'set-aside':
    case 'bring-back':
      return { name, file: fileOf(name, values.get(name)) };
    case 'stop':
    case 'show':
    case 'reindex':
      return { name };
    case 'search': {
      const parsed = parseSearch(values);
      if (parsed.kind === 'bad') throw new BadArguments(parsed.message);
      return { name, query: parsed.query, json };
    }
    case 'export-now': {
      const session = String(values.get('export-now'));
      return { name, session: session === '' ? null : sessionOf(name, session) };
    }
    case 'restore': {
      const into = values.has('to') ? folderOf('to', values.get('to'), currentFolder) : null;
      return { name, session: sessionOf(name, String(values.get('restore'))), into };
    }
    case 'confirm-command':
      return { name, code: codeOf(String(values.get('confirm-command'))) };
    case 'transcript': {
      const to = values.has('to') ? pathOf('to', values.get('to'), currentFolder, 'file') : null;
      const format = values.has('html') ? 'html' : 'markdown';
      return { name, session: sessionOf(name, String(values.get('transcript'))), format, to };
    }
    default:
      return { name: 'run', headless, demo };
  }
}

function sessionOf(flag: string, text: string): string {
  if (/^[0-9A-Za-z][0-9A-Za-z_-]{7,199}$/.test(text)) return text;
  const shown = oneLine(text, 60);
  throw new BadArguments(`--${flag} takes a session's id or its first 8 or more characters, not "${shown}".`);
}

function fileOf(flag: string, value: unknown): string {
  const file = String(value);
  if (isPendingName(file)) return file;
  throw new BadArguments(`--${flag} takes a name that --pending lists, and no path, not "${oneLine(file, 60)}".`);
}

function codeOf(text: string): string | null {
  if (text === '') return null;
  if (/^[0-9a-f]{12}$/i.test(text)) return text;
  throw new BadArguments(
    `--confirm-command takes the 12 characters that it prints without a value, not "${oneLine(text, 60)}".`,
  );
}

function optionsOf(values: Values, currentFolder: string): RunOptions {
  const settings: [string, number][] = [];
  for (const [flag, key] of Object.entries(settingOfFlag)) {
    if (!values.has(flag)) continue;
    const { schema, range } = settingsFields[key];
    const number = wholeNumber(values.get(flag));
    if (!schema.safeParse(number).success) throw badValue(flag, values.get(flag), range);
    settings.push([key, number]);
  }
  const masking: SettingsPatch = values.has('mask-secrets') ? { maskSecrets: true } : {};
  const band: SettingsPatch = { ...Object.fromEntries(settings), ...masking };
  if (
    band.thresholdPercent !== undefined &&
    band.maxPercent !== undefined &&
    band.maxPercent <= band.thresholdPercent
  ) {
    throw new BadArguments(
      `--max-threshold ${band.maxPercent} must be above --threshold ${band.thresholdPercent}. Raise it or lower the threshold.`,
    );
  }
  return {
    flags: band,
    activeWithinSeconds: activeWithinOf(values),
    dataFolder: values.has('data-dir') ? folderOf('data-dir', values.get('data-dir'), currentFolder) : null,
    claudeFolders: ((values.get('claude-dir') ?? []) as readonly string[]).map((folder) =>
      folderOf('claude-dir', folder, currentFolder),
    ),
  };
}

function activeWithinOf(values: Values): number {
  if (!values.has('active-within')) return defaultActiveSeconds;
  const seconds = wholeNumber(values.get('active-within'));
  if (seconds <= maxActiveWithinSeconds) return seconds;
  throw badValue('active-within', values.get('active-within'), 'a whole number of seconds, 0 for all sessions');
}

function folderOf(flag: string, value: unknown, currentFolder: string): string {
  return pathOf(flag, value, currentFolder, 'folder');
}

function pathOf(flag: string, value: unknown, currentFolder: string, what: 'file' | 'folder'): string {
  const given = String(value);
  if (given.trim() === '' || given.includes('\0')) throw badValue(flag, value, `the path of a ${what}`);
  return path.resolve(currentFolder, given);
}

/** NaN for anything but plain digits. */
function wholeNumber(value: unknown): number {
  const text = String(value);
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function badValue(flag: string, value: unknown, range: string): BadArguments {
  return new BadArguments(`--${flag} must be ${range}, not "${oneLine(String(value), 60)}".`);
}
