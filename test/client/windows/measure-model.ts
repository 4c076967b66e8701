import { waitUntil } from '../../support/wait-until.js';
import { askClient } from '../real-client/ask-client.js';
import { createClientHome } from '../real-client/client-home.js';
import { shownStatusLine, statusLineSettings } from '../real-client/status-line.js';
import { startInteractiveClient } from '../real-client/start-interactive-client.js';
import { reply } from '../stand-in/answer.js';
import { startStandIn } from '../stand-in/start-stand-in.js';

/** How the real client treats a model. */
export interface MeasuredModel {
  /** `context_window_size` on its status line. */
  readonly windowTokens: number;
  /** Whether it compacts by itself once the line is passed; else it does so only when the API refuses a prompt as too long. */
  readonly compactsAtLine: boolean;
}

/** The client keeps at least 13 000 tokens as a margin beside the room for an answer: here it is past its line, whatever the model's longest answer. */
const pastLine = -13_000;

/**
 * Starts the client with a model over a loopback stand-in and reads its window off its status line; then takes a session
 * over the compaction line and sees whether the next prompt makes it compact. Null where the client takes another model
 * in its place. Throws where it shows nothing.
 */
export async function measureModel(program: string, model: string): Promise<MeasuredModel | null> {
  const api = await startStandIn();
  const home = await createClientHome(statusLineSettings);
  try {
    const place = { model, cwd: home.workingFolder, environment: home.environment(api.url) };
    const client = await startInteractiveClient(program, place);
    const shown = await waitUntil(`the status line with ${model}`, () => shownStatusLine(home.home)).finally(
      client.stop,
    );
    if (shown.model.id !== model) return null;
    const windowTokens = shown.context_window.context_window_size;

    for (const promptTokens of [15_000, windowTokens + pastLine, windowTokens + pastLine]) {
      api.plan('main', reply(promptTokens));
      const { exitCode, output } = await askClient(program, 'Go on.', { ...place, resume: promptTokens > 15_000 });
      if (exitCode !== 0) throw new Error(`The client with ${model} ended with ${exitCode}: ${output}`);
    }
    const compactsAtLine = api.exchanges.some(({ request }) => request.asker === 'compaction');
    return { windowTokens, compactsAtLine };
  } finally {
    await api.stop();
    await home.remove();
  }
}
