import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { reply, compactionSummary, type Answer } from './answer.js';
import { messageEvents, wholeMessage } from './message-body.js';
import { parseMessageRequest, type Asker, type MessageRequest } from './message-request.js';

/** One request that was answered, and with what. */
interface Exchange {
  readonly request: MessageRequest;
  readonly answer: Answer;
  readonly messageId: string;
}

/** A Messages API on the loopback whose answers are planned beforehand. */
export interface StandIn {
  readonly url: string;
  /** Every request so far with its answer, oldest first. */
  readonly exchanges: readonly Exchange[];
  /** Sets what `asker` is told from now on: one answer per request; the last one repeats. */
  readonly plan: (asker: Asker, ...answers: readonly Answer[]) => void;
  /** What the main loop was told last; throws where it was told no figures yet. */
  readonly lastTold: () => { readonly promptTokens: number; readonly usedTokens: number };
  readonly stop: () => Promise<void>;
}

/** Starts the API on a free port of 127.0.0.1. Without a plan every asker gets small answers. */
export async function startStandIn(): Promise<StandIn> {
  const exchanges: Exchange[] = [];
  const plans = new Map<Asker, Answer[]>([['compaction', [compactionSummary(1500)]]]);

  function nextAnswer(asker: Asker): Answer {
    const answers = plans.get(asker) ?? [];
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? reply(500);
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(incoming);
    const { pathname } = new URL(incoming.url ?? '/', 'http://stand-in');
    if (incoming.method === 'POST' && pathname.endsWith('/count_tokens'))
      return send(response, 200, { input_tokens: 1000 });
    if (incoming.method !== 'POST' || !pathname.endsWith('/messages')) {
      return send(response, 404, errorBody('not_found_error', `no ${pathname} here`));
    }
    const request = parseMessageRequest(incoming.headers, body);
    const exchange = {
      request,
      answer: nextAnswer(request.asker),
      messageId: `msg_${randomUUID().replaceAll('-', '')}`,
    };
    exchanges.push(exchange);
    if (exchange.answer.kind === 'reply') await pause(exchange.answer.afterMs);
    answer(response, exchange);
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      send(response, 400, errorBody('invalid_request_error', String(error)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    plan: (asker, ...answers) => void plans.set(asker, [...answers]),
    lastTold: () => lastToldMain(exchanges),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function lastToldMain(exchanges: readonly Exchange[]): { promptTokens: number; usedTokens: number } {
  const told = exchanges.filter(({ request }) => request.asker === 'main').map(({ answer: given }) => given);
  const newest = told.findLast((given) => given.kind === 'reply');
  if (newest === undefined) throw new Error(`The client asked ${exchanges.length} times and was told no figures.`);
  return { promptTokens: newest.promptTokens, usedTokens: newest.promptTokens + newest.outputTokens };
}

function answer(response: ServerResponse, { request, answer: given, messageId }: Exchange): void {
  if (given.kind === 'failure') return send(response, given.status, errorBody(given.errorType, given.message));
  if (!request.stream) return send(response, 200, wholeMessage(messageId, request.model, given));
  response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': messageId.replace('msg_', 'req_') });
  response.end(messageEvents(messageId, request.model, given));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function errorBody(type: string, message: string): unknown {
  return { type: 'error', error: { type, message } };
}
