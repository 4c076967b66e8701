/** The kinds of notices, each of which can be switched off or made silent. */
export const noticeKinds = [
  'exported',
  'processing-failed',
  'export-failed',
  'batch-processed',
  'threshold-crossed',
  'compacted',
  'retention',
  'archive-large',
  'watching-degraded',
] as const;

/** A kind of notice; `processing-failed`: exported, but neither archived nor indexed. */
export type NoticeKind = (typeof noticeKinds)[number];

/** A time of each day in which notices make no sound; local, `HH:MM`; `to` may be before `from`: over midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/**
 * Everything the user can set. One flat record: a field's default, range and sentence live in
 * `src/main/settings/schema.ts`; both processes share only its shape.
 */
export interface Settings {
  /** Lower edge of the export band, whole percent of the context window, 1–99. */
  readonly thresholdPercent: number;
  /** Upper edge of the export band, whole percent, above the threshold and at most 100. */
  readonly maxPercent: number;
  /** A session's own lower edge by session id, whole percent, 1–99; its upper edge is `maxPercent`, or 100 where that is lower. */
  readonly thresholdPercentBySession: Readonly<Record<string, number>>;
  /** From this whole percent on gauge and bars are drawn as near, 1–99; null: from the threshold on. */
  readonly warnPercent: number | null;
  /** From this whole percent on gauge and bars are drawn as full, above the former, at most 100; null: from the upper edge on. */
  readonly alarmPercent: number | null;
  /** Minutes between two threshold exports of one session, 0–1440. */
  readonly cooldownMinutes: number;
  /** Minutes of quiet after which a session is exported once, 1–1440; 0: never. */
  readonly idleExportMinutes: number;
  /** Whether sessions that the client is about to delete are archived before, without being asked. */
  readonly archiveBeforeDeletion: boolean;
  /** Seconds between two sweeps that catch what a file event missed, 1–3600. */
  readonly pollIntervalSeconds: number;
  /** Folders besides the usual ones: each a Claude config folder or its `projects` folder. */
  readonly extraRoots: readonly string[];
  /** The context storage folder (exports, archive, reports), or null for the usual one. */
  readonly contextStorage: string | null;
  /** Window size in tokens by model id, before every other source. */
  readonly windowTokensByModel: Readonly<Record<string, number>>;
  /** Window size in tokens by session id, before every other source. */
  readonly windowTokensBySession: Readonly<Record<string, number>>;
  /** The archive size, in gigabytes (10⁹ bytes), of which the user wants to be reminded; null for no reminder. */
  readonly archiveReminderGigabytes: number | null;
  /** Whether notices make a sound. */
  readonly noticeSound: boolean;
  /** Kinds of notices that are not shown. */
  readonly noticesOff: readonly NoticeKind[];
  /** Kinds of notices that make no sound even where notices do. */
  readonly noticesSilent: readonly NoticeKind[];
  /** When notices make no sound, or null for never. */
  readonly quietHours: QuietHours | null;
  /** The shape of the gauge in the tray. */
  readonly gaugeStyle: 'ring' | 'bar' | 'number';
  /** The gauge's colours; `auto`: one colour that follows the menu bar on macOS, colours elsewhere. */
  readonly gaugeColour: 'auto' | 'colour' | 'monochrome';
  /** Whether the percentage stands beside the gauge; macOS only. */
  readonly gaugeTitle: boolean;
  /** The colours of the popover. */
  readonly theme: 'system' | 'light' | 'dark';
  /** Whether the popover stays open when another window is used. */
  readonly keepOpen: boolean;
  /** A key combination that opens the popover from anywhere, in Electron's words (`CommandOrControl+Shift+U`), or null. */
  readonly globalShortcut: string | null;
  /** Whether the app starts when the user logs in. */
  readonly launchAtLogin: boolean;
  /** Whether what looks like a secret is masked in readable transcripts and snippets. */
  readonly maskSecrets: boolean;
  /** CODITECT's own extractor: run besides the built-in index where it is installed, or not at all. */
  readonly extractorScript: 'auto' | 'off';
  /** Whether CODITECT's own exporter is run as well after each export. */
  readonly exporterScript: boolean;
  /** A program and its arguments, run after each export once it is confirmed; empty for none. */
  readonly commandAfterExport: readonly string[];
}

/** A change of some settings; fields left out stay as they are. */
export type SettingsPatch = { readonly [Key in keyof Settings]?: Settings[Key] | undefined };

/** What is wrong with one settings field, and how to mend it. */
export interface SettingsFault {
  readonly field: string;
  readonly message: string;
  readonly mend: string;
}
