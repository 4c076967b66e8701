import type { z } from 'zod';
import type { Answer } from '../../shared/ipc-contract.js';

/**
 * Runs a handler for an argument that came from the page: only when the sender is trusted and the argument passes the schema.
 * Never throws: a refusal or an error becomes an answer with a code (`untrusted-sender`, `bad-argument`, `failed`).
 */
export async function checkedAnswer<Argument, Value>(call: {
  readonly trusted: boolean;
  readonly schema: z.ZodType<Argument>;
  readonly argument: unknown;
  readonly handler: (argument: Argument) => Value | Promise<Value>;
  readonly onRefusal: (message: string, cause: unknown) => void;
}): Promise<Answer<Value>> {
  const refuse = (code: string, message: string, cause: unknown): Answer<Value> => {
    call.onRefusal(`${code}: ${message}`, cause);
    return { ok: false, code, message };
  };
  if (!call.trusted) return refuse('untrusted-sender', 'This page may not ask that.', null);
  const parsed = call.schema.safeParse(call.argument);
  if (!parsed.success) return refuse('bad-argument', 'The page asked in a form that is not understood.', parsed.error);
  try {
    return { ok: true, value: await call.handler(parsed.data) };
  } catch (error) {
    return refuse('failed', error instanceof Error ? error.message : String(error), error);
  }
}
