import type { Answer } from './answer.js';

type Reply = Extract<Answer, { kind: 'reply' }>;
type Block = Readonly<Record<string, unknown>>;

/** The token figures of a reply in the API's own words; `promptTokens` is split over fresh input, cache creation and cache read. */
function usageOf(reply: Reply): Readonly<Record<string, number>> {
  const fresh = Math.min(7, reply.promptTokens);
  const creation = Math.min(1000, reply.promptTokens - fresh);
  return {
    input_tokens: fresh,
    cache_creation_input_tokens: creation,
    cache_read_input_tokens: reply.promptTokens - fresh - creation,
    output_tokens: reply.outputTokens,
  };
}

/** A reply as the one JSON object of an answer that isn't streamed. */
export function wholeMessage(id: string, model: string, reply: Reply): Block {
  return {
    ...emptyMessage(id, model, reply),
    content: blocksOf(id, reply),
    stop_reason: stopReasonOf(reply),
    usage: usageOf(reply),
  };
}

/** A reply as server-sent events. As in the API the first event carries a placeholder for the output tokens, the last but one the real figure. */
export function messageEvents(id: string, model: string, reply: Reply): string {
  const blocks = blocksOf(id, reply).flatMap((block, index) => [
    event('content_block_start', { index, content_block: emptied(block) }),
    event('content_block_delta', { index, delta: deltaOf(block) }),
    event('content_block_stop', { index }),
  ]);
  const outcome = { stop_reason: stopReasonOf(reply), stop_sequence: null };
  return [
    event('message_start', { message: emptyMessage(id, model, reply) }),
    ...blocks,
    event('message_delta', { delta: outcome, usage: { output_tokens: reply.outputTokens } }),
    event('message_stop', {}),
  ].join('');
}

function emptyMessage(id: string, model: string, reply: Reply): Block {
  const usage = { ...usageOf(reply), output_tokens: 1, service_tier: 'standard' };
  return { id, type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null, usage };
}

function blocksOf(id: string, reply: Reply): readonly Block[] {
  const text = { type: 'text', text: reply.text };
  if (reply.toolUse === null) return [text];
  const { name, input } = reply.toolUse;
  return [text, { type: 'tool_use', id: id.replace('msg_', 'toolu_'), name, input }];
}

function emptied(block: Block): Block {
  return block['type'] === 'text' ? { ...block, text: '' } : { ...block, input: {} };
}

function deltaOf(block: Block): Block {
  return block['type'] === 'text'
    ? { type: 'text_delta', text: block['text'] }
    : { type: 'input_json_delta', partial_json: JSON.stringify(block['input']) };
}

function stopReasonOf(reply: Reply): string {
  return reply.toolUse === null ? 'end_turn' : 'tool_use';
}

function event(type: string, data: Block): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}
