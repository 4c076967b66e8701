import { z } from 'zod';
import { defaultSettings } from '../../shared/default-settings.js';
import { noticeKinds, type Settings } from '../../shared/settings.js';
import { commandFault } from './command-fault.js';
import { folderFault } from './folder-fault.js';

/** What the app knows of one settings field. */
export interface SettingsField<Value> {
  /** What it does, for people. */
  readonly sentence: string;
  readonly default: Value;
  /** The values taken, as the end of the sentence "Use …". */
  readonly range: string;
  readonly schema: z.ZodType<Value>;
}

const absoluteFolder = z
  .string()
  .max(4096)
  .superRefine((folder, context) => {
    const message = folderFault(folder);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

const command = z
  .array(z.string().max(4096))
  .max(100)
  .readonly()
  .superRefine((words, context) => {
    const message = commandFault(words);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });

const kindsOfNotices = z.array(z.enum(noticeKinds)).max(noticeKinds.length).readonly();
const kindsRange = `a list of ${noticeKinds.join(', ')}`;
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const accelerator = z.string().regex(/^(?:\w+\+)+[^\s+]{1,12}$/);

const windowTokens = z.record(z.string().min(1), z.int().min(1_000).max(100_000_000));

/** Every field of `Settings`: its default, range and sentence. The order is the one people see. */
export const settingsFields: { readonly [Key in keyof Settings]: SettingsField<Settings[Key]> } = {
  thresholdPercent: {
    sentence: 'A session this full is exported.',
    default: defaultSettings.thresholdPercent,
    range: 'a whole number from 1 to 99',
    schema: z.int().min(1).max(99),
  },
  maxPercent: {
    sentence: 'Above this a session counts as late: it is exported once, then not again before it is compacted.',
    default: defaultSettings.maxPercent,
    range: 'a whole number above the threshold and at most 100',
    schema: z.int().min(2).max(100),
  },
  thresholdPercentBySession: {
    sentence: 'Sessions that are exported from a percentage of their own on.',
    default: defaultSettings.thresholdPercentBySession,
    range: 'session ids with whole numbers from 1 to 99',
    schema: z.record(z.string().min(1), z.int().min(1).max(99)),
  },
  warnPercent: {
    sentence: 'From here on gauge and bars are drawn as near; null follows the threshold.',
    default: defaultSettings.warnPercent,
    range: 'a whole number from 1 to 99, or null',
    schema: z.int().min(1).max(99).nullable(),
  },
  alarmPercent: {
    sentence: 'From here on gauge and bars are drawn as full; null follows the upper edge of the export band.',
    default: defaultSettings.alarmPercent,
    range: 'a whole number from 2 to 100, or null',
    schema: z.int().min(2).max(100).nullable(),
  },
  cooldownMinutes: {
    sentence: 'How many minutes lie between two threshold exports of one session.',
    default: defaultSettings.cooldownMinutes,
    range: 'a whole number of minutes from 0 to 1440',
    schema: z.int().min(0).max(1440),
  },
  idleExportMinutes: {
    sentence: 'After so many minutes of quiet a session is exported once; 0 switches this off.',
    default: defaultSettings.idleExportMinutes,
    range: 'a whole number of minutes from 0 to 1440',
    schema: z.int().min(0).max(1440),
  },
  archiveBeforeDeletion: {
    sentence: 'Sessions that Claude Code is about to delete are archived before, without being asked.',
    default: defaultSettings.archiveBeforeDeletion,
    range: 'true or false',
    schema: z.boolean(),
  },
  pollIntervalSeconds: {
    sentence: 'How often a sweep looks for what the file events missed.',
    default: defaultSettings.pollIntervalSeconds,
    range: 'a whole number of seconds from 1 to 3600',
    schema: z.int().min(1).max(3600),
  },
  extraRoots: {
    sentence: 'Claude Code folders that are watched besides the usual ones.',
    default: defaultSettings.extraRoots,
    range: 'a list of absolute folder paths',
    schema: z.array(absoluteFolder).max(100).readonly(),
  },
  contextStorage: {
    sentence: 'The folder that exports, archive and reports are kept in.',
    default: defaultSettings.contextStorage,
    range: 'an absolute folder path, or null for the usual folder',
    schema: absoluteFolder.nullable(),
  },
  windowTokensByModel: {
    sentence: 'The size of the context window by model id, where the app gets it wrong.',
    default: defaultSettings.windowTokensByModel,
    range: 'model ids with whole numbers of tokens from 1000 to 100000000',
    schema: windowTokens,
  },
  windowTokensBySession: {
    sentence: 'The size of the context window by session id, where the app gets it wrong.',
    default: defaultSettings.windowTokensBySession,
    range: 'session ids with whole numbers of tokens from 1000 to 100000000',
    schema: windowTokens,
  },
  archiveReminderGigabytes: {
    sentence: 'You are reminded once the archive takes more than so many gigabytes.',
    default: defaultSettings.archiveReminderGigabytes,
    range: 'a number of gigabytes from 0.1 to 100000, or null for no reminder',
    schema: z.number().min(0.1).max(100_000).nullable(),
  },
  noticeSound: {
    sentence: 'Whether notices make a sound.',
    default: defaultSettings.noticeSound,
    range: 'true or false',
    schema: z.boolean(),
  },
  noticesOff: {
    sentence: 'Kinds of notices that are not shown.',
    default: defaultSettings.noticesOff,
    range: kindsRange,
    schema: kindsOfNotices,
  },
  noticesSilent: {
    sentence: 'Kinds of notices that make no sound.',
    default: defaultSettings.noticesSilent,
    range: kindsRange,
    schema: kindsOfNotices,
  },
  quietHours: {
    sentence: 'Between these times of the day notices make no sound.',
    default: defaultSettings.quietHours,
    range: '{"from": "22:00", "to": "07:00"} with times of the day, or null',
    schema: z.object({ from: timeOfDay, to: timeOfDay }).readonly().nullable(),
  },
  gaugeStyle: {
    sentence: 'The shape of the gauge in the tray.',
    default: defaultSettings.gaugeStyle,
    range: '"ring", "bar" or "number"',
    schema: z.enum(['ring', 'bar', 'number']),
  },
  gaugeColour: {
    sentence: 'The colours of the gauge: auto follows the menu bar on macOS and is in colour elsewhere.',
    default: defaultSettings.gaugeColour,
    range: '"auto", "colour" or "monochrome"',
    schema: z.enum(['auto', 'colour', 'monochrome']),
  },
  gaugeTitle: {
    sentence: 'Whether the percentage stands beside the gauge in the menu bar (macOS).',
    default: defaultSettings.gaugeTitle,
    range: 'true or false',
    schema: z.boolean(),
  },
  theme: {
    sentence: 'Whether the popover is light, dark, or as the system is.',
    default: defaultSettings.theme,
    range: '"system", "light" or "dark"',
    schema: z.enum(['system', 'light', 'dark']),
  },
  keepOpen: {
    sentence: 'Whether the popover stays open when another window is used.',
    default: defaultSettings.keepOpen,
    range: 'true or false',
    schema: z.boolean(),
  },
  globalShortcut: {
    sentence: 'A key combination that opens the popover from anywhere.',
    default: defaultSettings.globalShortcut,
    range: 'keys joined with +, such as "CommandOrControl+Shift+U", or null',
    schema: accelerator.nullable(),
  },
  launchAtLogin: {
    sentence: 'Whether the app starts when you log in.',
    default: defaultSettings.launchAtLogin,
    range: 'true or false',
    schema: z.boolean(),
  },
  maskSecrets: {
    sentence: 'Whether what looks like a secret is masked in readable transcripts and snippets; the archive keeps it.',
    default: defaultSettings.maskSecrets,
    range: 'true or false',
    schema: z.boolean(),
  },
  extractorScript: {
    sentence: "Whether CODITECT's own extractor is run besides the built-in index: auto where it is installed, or off.",
    default: defaultSettings.extractorScript,
    range: '"auto" or "off"',
    schema: z.enum(['auto', 'off']),
  },
  exporterScript: {
    sentence: "Whether CODITECT's own exporter is run as well after each export of the session written to last.",
    default: defaultSettings.exporterScript,
    range: 'true or false',
    schema: z.boolean(),
  },
  commandAfterExport: {
    sentence: 'A program and its arguments, run after each export once you have confirmed it; never through a shell.',
    default: defaultSettings.commandAfterExport,
    range:
      'a list of texts: a program, then its arguments, of which {file}, {session} and {percent} are filled in where they stand alone',
    schema: command,
  },
};

/** The names of all fields, in the order in which people see them. */
export const settingsKeys = Object.keys(settingsFields) as readonly (keyof Settings)[];
