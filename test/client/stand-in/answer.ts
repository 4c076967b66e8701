/** A tool that the answer asks the client to run. */
interface ToolUse {
  readonly name: 'Agent' | 'Bash';
  readonly input: Readonly<Record<string, string>>;
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
    }
  | { readonly kind: 'failure'; readonly status: number; readonly errorType: string; readonly message: string };

/** An answer of one text block after which the context holds `promptTokens + outputTokens`. */
export function reply(promptTokens: number, options: { outputTokens?: number; text?: string } = {}): Answer {
  const text = options.text ?? `The context holds ${promptTokens} tokens now.`;
  return { kind: 'reply', promptTokens, outputTokens: options.outputTokens ?? 120, text, toolUse: null };
}

/** An answer that makes the client start a sub-agent with a task of its own. */
export function replyWithSubAgent(promptTokens: number): Answer {
  const input = { description: 'count files', prompt: 'Count the files.', subagent_type: 'general-purpose' };
  return { kind: 'reply', promptTokens, outputTokens: 90, text: 'I ask a helper.', toolUse: { name: 'Agent', input } };
}

/** An answer that makes the client run a command; it does so only with `Bash` among its allowed tools. */
export function replyWithCommand(promptTokens: number, command: string): Answer {
  const input = { command, description: 'print lines' };
  return { kind: 'reply', promptTokens, outputTokens: 80, text: 'I run it.', toolUse: { name: 'Bash', input } };
}

/** The summary that a compaction asks for. */
export function compactionSummary(promptTokens: number): Answer {
  const text = '<analysis>Short.</analysis>\n<summary>The user tests a gauge. Nothing is open.</summary>';
  return { kind: 'reply', promptTokens, outputTokens: 300, text, toolUse: null };
}

/** The error of a service that has too much to do. */
export function overloaded(): Answer {
  return { kind: 'failure', status: 529, errorType: 'overloaded_error', message: 'Overloaded' };
}
