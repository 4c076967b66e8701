/** The token figures of one answer that say how full the context is. */
export interface Usage {
  /** Everything the model was given: fresh input, written to the cache and read from it. */
  readonly promptTokens: number;
  readonly outputTokens: number;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a message's `usage`; null where there is none or the prompt is empty (an error, an interrupted answer). A turn
 * of several requests lists them as `iterations`: the last that is a message is the one the context is at.
 */
export function readUsage(usage: unknown): Usage | null {
  if (!isFields(usage)) return null;
  const iteration = lastMessageIteration(usage['iterations']);
  const promptTokens = iteration === null ? promptTokensOf(usage) : promptTokensOf(iteration);
  if (promptTokens === 0) return null;
  const output = iteration !== null && isTokens(iteration['output_tokens']) ? iteration : usage;
  return { promptTokens, outputTokens: tokens(output['output_tokens']) };
}

function lastMessageIteration(iterations: unknown): Fields | null {
  if (!Array.isArray(iterations)) return null;
  const last: unknown = iterations.findLast(
    (item: unknown) => isFields(item) && item['type'] !== 'advisor_message' && item['type'] !== 'compaction',
  );
  if (!isFields(last)) return null;
  const isMessage = last['type'] === 'message' || last['type'] === 'fallback_message';
  return isMessage && promptTokensOf(last) > 0 ? last : null;
}

/** The sum of cache writes is given twice, as a total and by lifetime; either may be missing, so the larger counts. */
function promptTokensOf(usage: Fields): number {
  const byLifetime = isFields(usage['cache_creation']) ? usage['cache_creation'] : {};
  const written = Math.max(
    tokens(usage['cache_creation_input_tokens']),
    tokens(byLifetime['ephemeral_5m_input_tokens']) + tokens(byLifetime['ephemeral_1h_input_tokens']),
  );
  return tokens(usage['input_tokens']) + written + tokens(usage['cache_read_input_tokens']);
}

function tokens(value: unknown): number {
  return isTokens(value) ? value : 0;
}

function isTokens(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
