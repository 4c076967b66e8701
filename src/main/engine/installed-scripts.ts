import type { ScriptStates } from '../../shared/app-state.js';
import type { Settings } from '../../shared/settings.js';
import { extractorScriptIn } from '../archive/extractor-script.js';
import { exporterScriptIn } from '../export/exporter-script.js';
import { isScript } from '../support/run-python.js';
import type { SavedState } from './saved-state.js';

/** Which of CODITECT's scripts are installed, and which of them may run. */
export interface InstalledScripts {
  readonly states: () => ScriptStates;
  /** Looks what is there now. */
  readonly look: () => Promise<void>;
}

/** Knows of no script before the first look. In a demo none is ever there: it must not touch what is the user's. */
export function findScripts(options: {
  homeFolder: string;
  demo: boolean;
  settings: () => Settings;
  saved: Pick<SavedState, 'exporterOfferAnswered'>;
  /** Called once, when the exporter is found and the user has not said yet whether it may run. */
  onOffer: () => void;
  onChange: () => void;
}): InstalledScripts {
  const { homeFolder, demo, settings, saved } = options;
  const isThere = { exporter: false, extractor: false };
  let hasOffered = false;

  function exporterState(): ScriptStates['exporter'] {
    if (!isThere.exporter) return 'missing';
    if (settings().exporterScript) return 'on';
    return saved.exporterOfferAnswered() ? 'off' : 'offered';
  }

  return {
    states: () => ({
      exporter: exporterState(),
      extractor: isThere.extractor ? (settings().extractorScript === 'auto' ? 'on' : 'off') : 'missing',
    }),
    async look() {
      if (demo) return;
      const [exporter, extractor] = await Promise.all([
        isScript(exporterScriptIn(homeFolder)),
        isScript(extractorScriptIn(homeFolder)),
      ]);
      if (exporter === isThere.exporter && extractor === isThere.extractor) return;
      Object.assign(isThere, { exporter, extractor });
      if (exporterState() === 'offered' && !hasOffered) {
        hasOffered = true;
        options.onOffer();
      }
      options.onChange();
    },
  };
}
