import { readFile, stat } from 'node:fs/promises';

/** What a JSON file of the client held when it could last be read. */
export interface KeptJson {
  /** Empty where there is no file. */
  readonly record: Readonly<Record<string, unknown>>;
  /** Why the file as it is now can't be used; the record is the last good one then. */
  readonly problem: string | null;
}

const largestBytes = 64 * 1024 * 1024;

/**
 * Follows a JSON file that the client writes when it likes: each call looks at it, and reads it only when its time, size
 * or inode has changed and the last reading is at least `restMs` ago. Never throws.
 */
export function followJsonFile(
  file: string,
  {
    restMs,
    now,
    readText = (path) => readFile(path, 'utf8'),
  }: {
    readonly restMs: number;
    readonly now: () => Date;
    readonly readText?: (file: string) => Promise<string>;
  },
): () => Promise<KeptJson> {
  let identity: string | null = null;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let kept: KeptJson = { record: {}, problem: null };

  return async () => {
    try {
      const facts = await stat(file, { bigint: true });
      const seen = `${facts.ino}/${facts.mtimeNs}/${facts.size}`;
      const nowMs = now().getTime();
      if (seen === identity || nowMs - readAtMs < restMs) return kept;
      readAtMs = nowMs;
      if (facts.size > largestBytes) throw new Error(`it is larger than ${largestBytes} bytes`);
      kept = { record: parseRecord(await readText(file)), problem: null };
      identity = seen;
    } catch (error) {
      identity = null;
      kept = isMissing(error) ? { record: {}, problem: null } : { ...kept, problem: `${file}: ${messageOf(error)}` };
    }
    return kept;
  };
}

function parseRecord(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, '').trim() || '{}');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error('it holds no JSON object');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
