import { arch, platform, release } from 'node:os';
import { clipboard } from 'electron';
import type { AppState } from '../../shared/app-state.js';

/** Puts what a helper needs to know onto the clipboard; nothing of any session, no path. */
export async function copyDiagnostics(state: AppState): Promise<void> {
  const { diagnosticsText } = await import('../views/diagnostics-text.js');
  const { electron, chrome, node } = process.versions;
  const machine = { platform: platform(), release: release(), arch: arch(), versions: { electron, chrome, node } };
  clipboard.writeText(diagnosticsText(state, machine));
}
