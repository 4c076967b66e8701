import type { AppState } from '../shared/app-state.js';
import { noticeKinds } from '../shared/settings.js';
import { texts } from './texts.js';

/** The groups of the settings, in the order in which they are listed. */
export const settingsGroups = ['exports', 'notices', 'gauge', 'app', 'folders', 'windows', 'scripts', 'files'] as const;

/** A group of the settings. */
export type SettingsGroup = (typeof settingsGroups)[number];

/** What holds in a group now, in a few words, so that most questions are answered without opening it. */
export function groupSummary(group: SettingsGroup, state: AppState): string {
  const { settings, roots, scripts } = state;
  const { summaries } = texts.settings;
  switch (group) {
    case 'exports':
      return state.paused
        ? summaries.paused
        : summaries.exports(settings.thresholdPercent, settings.maxPercent, settings.cooldownMinutes);
    case 'notices':
      return summaries.notices(
        noticeKinds.length - settings.noticesOff.length,
        noticeKinds.length,
        settings.noticeSound,
      );
    case 'gauge':
      return summaries.gauge(texts.settings.shapes[settings.gaugeStyle], texts.settings.inks[settings.gaugeColour]);
    case 'app':
      return summaries.app(settings.launchAtLogin, texts.settings.themes[settings.theme]);
    case 'folders': {
      const watched = roots.filter((root) => root.state === 'watching' || root.state === 'polling').length;
      return watched === roots.length
        ? texts.footer.watching(watched)
        : texts.footer.watchingSome(watched, roots.length);
    }
    case 'windows':
      return summaries.windows(Object.keys(settings.windowTokensByModel).length);
    case 'scripts': {
      const running = [scripts.exporter, scripts.extractor].filter((script) => script === 'on').length;
      return summaries.scripts(running, settings.commandAfterExport.length > 0);
    }
    case 'files':
      return summaries.files;
  }
}
