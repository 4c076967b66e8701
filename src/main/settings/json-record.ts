import { readFileSync } from 'node:fs';

/** What a JSON file holds, if it holds a record. */
export type JsonRecord =
  | { readonly kind: 'record'; readonly record: Readonly<Record<string, unknown>> }
  | { readonly kind: 'missing' }
  /** There, but not a JSON object. */
  | { readonly kind: 'nonsense'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Reads a small JSON file that should hold an object. Never throws. */
export function readJsonRecord(file: string): JsonRecord {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' };
    return { kind: 'unreadable', reason: reasonOf(error) };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { kind: 'record', record: value as Record<string, unknown> };
    }
    return { kind: 'nonsense', reason: 'It holds no JSON object.' };
  } catch (error) {
    return { kind: 'nonsense', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
