import type { RootHealth } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';

const systems: Readonly<Record<string, string>> = { linux: 'Linux', darwin: 'Darwin', win32: 'Windows' };

/** The lines that a run begins its log with. */
export function bannerLines(settings: Settings, platform: string, appVersion: string): readonly string[] {
  return [
    'Context Watcher Daemon starting...',
    `  Version: ${appVersion}`,
    `  Platform: ${systems[platform] ?? platform}`,
    `  Threshold: ${settings.thresholdPercent}%`,
    `  Max threshold: ${settings.maxPercent}%`,
    `  Poll interval: ${settings.pollIntervalSeconds}s`,
    `  Cooldown: ${settings.cooldownMinutes} minutes`,
  ];
}

/** The one line that tells whoever started it that it runs: how many folders are watched, and what will happen. */
export function watchingLine(state: { readonly roots: readonly RootHealth[]; readonly settings: Settings }): string {
  const folders = state.roots.filter((root) => root.state === 'watching' || root.state === 'polling').length;
  const awaited = state.roots.filter((root) => root.state === 'missing').map((root) => root.path);
  const { thresholdPercent, maxPercent } = state.settings;
  const band = `exports at ${thresholdPercent}–${maxPercent} %`;
  const waiting = folders === 0 && awaited.length > 0 ? [`waiting for ${awaited.join(', ')}`] : [];
  return [`Watching ${folders} ${folders === 1 ? 'folder' : 'folders'}`, ...waiting, band, 'Ctrl+C stops'].join(' · ');
}
