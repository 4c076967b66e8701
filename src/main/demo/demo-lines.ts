import { randomUUID } from 'node:crypto';

/** Who writes the generated session: the figures that make it climb and the words that make it look alive. */
export interface DemoScript {
  readonly sessionId: string;
  readonly workingFolder: string;
  readonly title: string;
  readonly model: string;
}

/** One turn of a generated session: a prompt and its answer, as the lines the client would write. */
export function demoTurn(script: DemoScript, turn: { usedTokens: number; prompt: string; answer: string; at: Date }) {
  const prompt = { ...messageLine(script, turn.at), type: 'user', message: { role: 'user', content: turn.prompt } };
  const outputTokens = 420;
  const answer = {
    ...messageLine(script, turn.at),
    parentUuid: prompt.uuid,
    type: 'assistant',
    requestedModel: script.model,
    message: {
      id: `msg_demo_${randomUUID()}`,
      type: 'message',
      role: 'assistant',
      model: script.model,
      content: [{ type: 'text', text: turn.answer }],
      stop_reason: 'end_turn',
      usage: {
        input_tokens: 6,
        cache_creation_input_tokens: 1_200,
        cache_read_input_tokens: turn.usedTokens - outputTokens - 1_206,
        output_tokens: outputTokens,
      },
    },
  };
  return toLines([prompt, answer]);
}

/** The line that names the session. */
export function demoTitle(script: DemoScript): string {
  return toLines([{ type: 'ai-title', aiTitle: script.title, sessionId: script.sessionId }]);
}

/** A compaction as the client marks it: the boundary and the summary that the next turn starts from. */
export function demoCompaction(
  script: DemoScript,
  figures: { preTokens: number; postTokens: number; at: Date },
): string {
  const boundary = {
    ...messageLine(script, figures.at),
    parentUuid: null,
    type: 'system',
    subtype: 'compact_boundary',
    content: 'Conversation compacted',
    compactMetadata: { trigger: 'auto', preTokens: figures.preTokens, postTokens: figures.postTokens },
  };
  const summary = {
    ...messageLine(script, figures.at),
    parentUuid: boundary.uuid,
    type: 'user',
    isCompactSummary: true,
    message: { role: 'user', content: 'This session is being continued from a previous conversation.' },
  };
  return toLines([boundary, summary]);
}

function messageLine(script: DemoScript, at: Date) {
  return {
    uuid: randomUUID(),
    parentUuid: null as string | null,
    isSidechain: false,
    sessionId: script.sessionId,
    cwd: script.workingFolder,
    gitBranch: 'main',
    version: 'demo',
    timestamp: at.toISOString(),
  };
}

function toLines(entries: readonly object[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
