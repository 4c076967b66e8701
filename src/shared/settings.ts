/**
 * Everything the user can set. One flat record: a field's default, range and sentence live in
 * `src/main/settings/schema.ts`; both processes share only its shape.
 */
export interface Settings {
  /** Lower edge of the export band, whole percent of the context window, 1–99. */
  readonly thresholdPercent: number;
  /** Upper edge of the export band, whole percent, above the threshold and at most 100. */
  readonly maxPercent: number;
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
