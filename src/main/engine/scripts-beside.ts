import { extractorScriptIn, openExtractorScript, type ExtractorScript } from '../archive/extractor-script.js';
import type { CommandAnswer } from '../../shared/command-answer.js';
import type { ScriptStates } from '../../shared/app-state.js';
import { makeAfterExport, type FinishedExport } from './after-export.js';
import { guardCommand } from './command-confirmation.js';
import type { EngineOptions } from './engine-contract.js';
import { findScripts } from './installed-scripts.js';
import type { ProblemList } from './problem-list.js';
import type { SavedState } from './saved-state.js';
import { tellExtractor, tellFault } from './tell-problems.js';

/** What is run besides the built-in export and index: CODITECT's two scripts and the user's command. */
export interface ScriptsBeside {
  readonly states: () => ScriptStates;
  /** Looks which scripts are installed now. */
  readonly look: () => Promise<void>;
  /** Looks, and asks about a command that waits to be confirmed; the answer is not waited for. */
  readonly begin: () => Promise<void>;
  /** For the queue, which runs it on each file. */
  readonly extractor: ExtractorScript;
  /** Begins what follows an export. */
  readonly follow: (done: FinishedExport) => void;
  /** Whether the paths of a session's exports have to stay as they were told. */
  readonly holds: (sessionId: string) => boolean;
  readonly answerExporterOffer: (accepted: boolean) => void;
  readonly confirmCommand: (code: string | null) => CommandAnswer;
  /** Resolves when nothing runs any more. */
  readonly finish: () => Promise<void>;
}

/** Wires the scripts and the command. Their failures are problems and stop no export. */
export function runScriptsBeside(options: {
  engine: EngineOptions;
  exportsPending: string;
  saved: SavedState;
  problems: ProblemList;
  onChange: () => void;
}): ScriptsBeside {
  const { engine, exportsPending, saved, problems, onChange } = options;
  const { paths, settings, log, now, environment, homeFolder } = engine;
  const scripts = findScripts({
    ...engine,
    settings: settings.current,
    saved,
    onOffer: () =>
      log.info(`CODITECT's exporter is there. To run it as well, set exporterScript to true in ${paths.settingsFile}`),
    onChange,
  });
  const command = guardCommand({
    settings: settings.current,
    settingsFile: paths.settingsFile,
    memory: saved,
    askUser: engine.askForCommand,
    problems,
  });
  const { settingsFile } = paths;
  const afterExport = makeAfterExport({ ...engine, exportsPending, settingsFile, scripts, command, problems });
  return {
    states: scripts.states,
    look: scripts.look,
    async begin() {
      await scripts.look();
      command.ask().catch((error: unknown) => tellFault(problems, error, log));
    },
    extractor: openExtractorScript({
      script: extractorScriptIn(homeFolder),
      isOn: () => scripts.states().extractor === 'on',
      environment,
      now,
      onOutcome: (reason) => tellExtractor(problems, reason, paths),
    }),
    follow: afterExport.begin,
    holds: afterExport.holds,
    answerExporterOffer(accepted) {
      saved.answerExporterOffer();
      if (accepted) settings.update({ exporterScript: true });
    },
    confirmCommand: command.confirm,
    finish: afterExport.finish,
  };
}
