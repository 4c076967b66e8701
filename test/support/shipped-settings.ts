import type { Settings } from '../../src/shared/settings.js';

/** The settings as shipped. */
export const shippedSettings: Settings = {
  thresholdPercent: 75,
  maxPercent: 95,
  cooldownMinutes: 10,
  idleExportMinutes: 0,
  archiveBeforeDeletion: false,
  pollIntervalSeconds: 10,
  extraRoots: [],
  contextStorage: null,
  windowTokensByModel: {},
  windowTokensBySession: {},
  archiveReminderGigabytes: null,
  noticeSound: true,
  extractorScript: 'auto',
  exporterScript: false,
  commandAfterExport: [],
};
