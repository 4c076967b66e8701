/** A tool that the answer asks the client to run. */
interface ToolUse {
  readonly name: 'Agent' | 'Bash';
  readonly input: Readonly<Record<string, string | boolean>>;
}

/** What the stand-in says to one request: an answer with its token figures, or an API error. */
export type Answer =
  | {
      readonly kind: 'reply';
      /** Input, cache creation and cache read together. */
      readonly promptTokens: number;
      readonly outputTokens: number;
      readonly text: string;
      readonly toolUse: ToolUse | null;
      /** How long the stand-in takes before it answers. */
      readonly afterMs: number;
    }
  | { readonly kind: 'failure'; readonly status: number; readonly errorType: string; readonly message: string };

/** An answer of one text block after which the context holds `promptTokens + outputTokens`. */
export function reply(
  promptTokens: number,
  options: { outputTokens?: number; text?: string; afterMs?: number } = {},
): Answer {
  const { outputTokens = 120, text = `The context holds ${promptTokens} tokens now.`, afterMs = 0 } = options;
  return { kind: 'reply', promptTokens, outputTokens, text, toolUse: null, afterMs };
}

/** An answer that makes the client start a sub-agent with a task of its own; in the background the main conversation goes on meanwhile. */
export function replyWithSubAgent(promptTokens: number, { inBackground = false } = {}): Answer {
  const task = { description: 'count files', prompt: 'Count the files.', subagent_type: 'general-purpose' };
  const toolUse: ToolUse = { name: 'Agent', input: { ...task, run_in_background: inBackground } };
  return { kind: 'reply', promptTokens, outputTokens: 90, text: 'I ask a helper.', toolUse, afterMs: 0 };
}

/** An answer that makes the client run a command; it does so only with `Bash` among its allowed tools. */
export function replyWithCommand(promptTokens: number, command: string): Answer {
  const input = { command, description: 'print lines' };
  const toolUse: ToolUse = { name: 'Bash', input };
  return { kind: 'reply', promptTokens, outputTokens: 80, text: 'I run it.', toolUse, afterMs: 0 };
}

/** The summary that a compaction asks for. */
export function compactionSummary(promptTokens: number): Answer {
  const text = '<analysis>Short.</analysis>\n<summary>The user tests a gauge. Nothing is open.</summary>';
  return reply(promptTokens, { outputTokens: 300, text });
}

/** The error of a prompt that doesn't fit into the model's window. */
export function promptTooLong(windowTokens: number): Answer {
  const message = `prompt is too long: ${windowTokens + 1000} tokens > ${windowTokens} maximum`;
  return { kind: 'failure', status: 400, errorType: 'invalid_request_error', message };
}

/** The error of a service that has too much to do. */
export function overloaded(): Answer {
  return { kind: 'failure', status: 529, errorType: 'overloaded_error', message: 'Overloaded' };
}
