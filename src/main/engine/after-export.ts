import { serialRunner } from '../archive/serial-runner.js';
import { exporterScriptIn, runExporterScript } from '../export/exporter-script.js';
import { runUserCommand, type CommandValues } from '../export/user-command.js';
import { oneLine } from '../support/one-line.js';
import type { Log } from '../support/log.js';
import { programFault } from '../support/run-program.js';
import type { CommandConfirmation } from './command-confirmation.js';
import type { InstalledScripts } from './installed-scripts.js';
import type { ProblemList } from './problem-list.js';

/** An export that is committed and, unless its processing failed, archived. */
export interface FinishedExport extends CommandValues {
  /** Whether no other session was written to since. */
  readonly isNewest: boolean;
}

/** What follows an export and holds up nothing: CODITECT's exporter and the user's command, one after the other. */
export interface AfterExport {
  readonly begin: (done: FinishedExport) => void;
  /** Whether something that was told the path of an export of this session runs, or waits for its turn. */
  readonly holds: (sessionId: string) => boolean;
  /** Resolves when nothing runs any more; what takes longer than a minute is ended. */
  readonly finish: () => Promise<void>;
}

const finishMilliseconds = 60_000;

/** Prepares what follows exports. Failures become problems, taken back when it works again. */
export function makeAfterExport(options: {
  homeFolder: string;
  environment: Readonly<Record<string, string | undefined>>;
  exportsPending: string;
  settingsFile: string;
  scripts: InstalledScripts;
  command: CommandConfirmation;
  problems: ProblemList;
  log: Log;
}): AfterExport {
  const { homeFolder, environment, exportsPending, settingsFile, scripts, command, problems, log } = options;
  const serially = serialRunner();
  const ending = new AbortController();
  const inHand: FinishedExport[] = [];

  async function runExporter(): Promise<string | null> {
    const script = exporterScriptIn(homeFolder);
    const result = await runExporterScript({ script, exportsPending, environment, signal: ending.signal });
    if (result.kind === 'failed') return `The exporter script ${result.reason}.`;
    if (result.files.length === 0) return 'The exporter script ended without an export.';
    log.info(`The exporter script made ${result.files.map((name) => oneLine(name, 200)).join(', ')}`);
    return null;
  }

  function tellExporter(message: string | null): void {
    if (message === null) return problems.clear('exporter-script-failed');
    const mend = `The built-in export is made all the same. Check that the script writes to ${exportsPending}, or set exporterScript to false in ${settingsFile}.`;
    return problems.report({ code: 'exporter-script-failed', message, mend });
  }

  async function runCommand(words: readonly string[], values: CommandValues): Promise<void> {
    const request = { words, values, folder: homeFolder, environment, signal: ending.signal };
    const outcome = await runUserCommand(request);
    const fault = programFault(outcome);
    const printed =
      'stdout' in outcome && outcome.stdout.trim() !== '' ? `: ${oneLine(outcome.stdout.trim(), 200)}` : '';
    if (fault === null) {
      log.info(`The command after the export ended${printed}`);
      return problems.clear('command-failed');
    }
    return problems.report({
      code: 'command-failed',
      message: `The command after the export ${fault}.`,
      mend: `The export is archived all the same. Mend the command, or take commandAfterExport out of ${settingsFile}.`,
    });
  }

  async function follow(done: FinishedExport): Promise<void> {
    if (ending.signal.aborted) return;
    if (scripts.states().exporter === 'on' && done.isNewest) {
      tellExporter(await runExporter().catch((error: unknown) => String(error)));
    }
    const words = command.confirmed();
    if (words !== null) await runCommand(words, done);
  }

  return {
    begin(done) {
      inHand.push(done);
      serially(() => follow(done))
        .catch((error: unknown) => log.error(`What follows an export failed: ${String(error)}`))
        .finally(() => inHand.splice(inHand.indexOf(done), 1));
    },
    holds: (sessionId) => inHand.some((done) => done.sessionId === sessionId),
    async finish() {
      const timer = setTimeout(() => ending.abort(), finishMilliseconds);
      await serially(() => Promise.resolve());
      clearTimeout(timer);
    },
  };
}
