import { dialog } from 'electron';
import type { AppState } from '../../shared/app-state.js';
import { trayView } from '../views/tray-view.js';
import { gaugePicture } from './tray-image.js';

/** Shows version, licence and places in a native dialog; kept when it is closed. */
export async function showAbout(state: AppState): Promise<void> {
  const { places } = state;
  await dialog.showMessageBox({
    type: 'info',
    title: 'About Context Watcher',
    message: `Context Watcher ${state.appVersion}`,
    detail: [
      'Shows how full the context window of every live Claude Code session is, and exports a session before it is full.',
      '',
      `Electron ${process.versions.electron ?? '–'} · Chromium ${process.versions.chrome ?? '–'} · Node ${process.versions.node}`,
      'MIT licence · no network, no telemetry',
      '',
      `Exports: ${places.exportsArchive}`,
      `Settings: ${places.settingsFile}`,
      `Log: ${places.logFile}`,
    ].join('\n'),
    icon: gaugePicture(trayView(state).gauge),
    buttons: ['OK'],
  });
}
