import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

/** Who asks: the main loop, a sub-agent, a compaction's summariser, or the client for itself (a title, a probe). */
export type Asker = 'main' | 'sub-agent' | 'compaction' | 'side';

/** A Messages API request as far as the stand-in looks at it. */
export interface MessageRequest {
  readonly asker: Asker;
  readonly sessionId: string | null;
  readonly model: string;
  readonly stream: boolean;
}

const bodySchema = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  tools: z.array(z.unknown()).optional(),
  messages: z.array(z.unknown()),
});

/** Reads a request's headers and JSON body; throws where it is no Messages API request. */
export function parseMessageRequest(headers: IncomingHttpHeaders, body: string): MessageRequest {
  const request = bodySchema.parse(JSON.parse(body));
  const newest = JSON.stringify(request.messages.at(-1) ?? '');
  return {
    asker: askerOf(headers, newest, (request.tools ?? []).length),
    sessionId: header(headers, 'x-claude-code-session-id'),
    model: request.model,
    stream: request.stream ?? false,
  };
}

// The summariser is asked in the main loop's name (or an agent's), with the same tools: only the wording tells it.
function askerOf(headers: IncomingHttpHeaders, newestMessage: string, toolCount: number): Asker {
  if (newestMessage.includes('<analysis> block followed by a <summary> block')) return 'compaction';
  if (header(headers, 'x-claude-code-agent-id') !== null) return 'sub-agent';
  return toolCount > 0 ? 'main' : 'side';
}

function header(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}
