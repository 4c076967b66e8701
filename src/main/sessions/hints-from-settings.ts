import type { ClientHints } from './client-hints.js';
import { hasOneMillionMark } from './one-million-mark.js';

type Fields = Readonly<Record<string, unknown>>;

/** The client's files as far as they are there, each an object of which nothing is known. */
export interface ClientSettingsFiles {
  /** The organization's settings, which come first. */
  readonly managed: Fields;
  /** `settings.json` of the config folder. */
  readonly user: Fields;
  /** `.claude.json`, in which the client keeps its state and settings of old. */
  readonly state: Fields;
}

const smallestWindow = 100_000;
const namesKept = 50;
const longestName = 200;

/** Reads leniently what the files say of windows and compaction: what is of a wrong type or out of range is as good as missing, as it is for the client. */
export function hintsFromSettings({ managed, user, state }: ClientSettingsFiles): ClientHints {
  const environment = { ...fieldsOf(state['env']), ...fieldsOf(user['env']), ...fieldsOf(managed['env']) };
  const settings = [managed, user];
  const byVariable = windowFromText(environment['CLAUDE_CODE_AUTO_COMPACT_WINDOW']);
  const isEnabled = [...settings, state].map((file) => file['autoCompactEnabled']).find(isBoolean) ?? true;
  return {
    oneMillionModels: oneMillionModels(environment, settings, state),
    disableOneMillion: isOn(environment['CLAUDE_CODE_DISABLE_1M_CONTEXT']),
    ...(byVariable === null
      ? windowsFromSettings(settings)
      : { autoCompactWindowTokens: byVariable, autoCompactWindowByModel: {} }),
    autoCompactPercent: percentFrom(environment['CLAUDE_AUTOCOMPACT_PCT_OVERRIDE']),
    autoCompactOff: !isEnabled || isOn(environment['DISABLE_AUTO_COMPACT']) || isOn(environment['DISABLE_COMPACT']),
  };
}

function oneMillionModels(environment: Fields, settings: readonly Fields[], state: Fields): readonly string[] {
  const chosen = settings.map((file) => file['model']);
  const byVariable = Object.keys(environment)
    .filter((name) => /^ANTHROPIC_(?:[A-Z_]+_)?MODEL$/.test(name))
    .map((name) => environment[name]);
  const used = Object.values(fieldsOf(state['projects'])).flatMap((project) =>
    Object.keys(fieldsOf(fieldsOf(project)['lastModelUsage'])),
  );
  const marked = [...chosen, ...byVariable, ...used].filter(
    (name): name is string => typeof name === 'string' && name.length <= longestName && hasOneMillionMark(name),
  );
  return [...new Set(marked)].slice(0, namesKept);
}

/** Of one file, a window for a model comes before the one for all; of several, what the first says comes before all of the next. */
function windowsFromSettings(
  settings: readonly Fields[],
): Pick<ClientHints, 'autoCompactWindowTokens' | 'autoCompactWindowByModel'> {
  const byModel = new Map<string, number | null>();
  for (const file of settings) {
    for (const [model, ofModel] of Object.entries(fieldsOf(file['modelSettings'])).slice(0, namesKept)) {
      const value = fieldsOf(ofModel)['autoCompactWindow'];
      const tokens = value === 'auto' ? null : windowFromSetting(value);
      if ((value === 'auto' || tokens !== null) && !byModel.has(model)) byModel.set(model, tokens);
    }
    const forAll = windowFromSetting(file['autoCompactWindow']);
    if (forAll !== null)
      return { autoCompactWindowTokens: forAll, autoCompactWindowByModel: Object.fromEntries(byModel) };
  }
  return { autoCompactWindowTokens: null, autoCompactWindowByModel: Object.fromEntries(byModel) };
}

/** In settings a window below the smallest one is invalid, and the client goes on without it. */
function windowFromSetting(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= smallestWindow ? value : null;
}

/** In the environment `120000`, `120k` and `1m` will do, and less than the smallest window means the smallest. */
function windowFromText(value: unknown): number | null {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)([km]?)$/.exec(textOf(value).toLowerCase()) ?? [];
  if (digits === undefined) return null;
  const tokens = Math.round(Number(digits) * (unit === 'm' ? 1_000_000 : unit === 'k' ? 1_000 : 1));
  return Number.isSafeInteger(tokens) && tokens >= 1 ? Math.max(smallestWindow, tokens) : null;
}

function percentFrom(value: unknown): number | null {
  const percent = Number.parseFloat(textOf(value));
  return percent > 0 && percent <= 100 ? percent : null;
}

function isOn(value: unknown): boolean {
  return ['1', 'true', 'yes', 'on'].includes(textOf(value).toLowerCase());
}

function textOf(value: unknown): string {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : '';
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
