import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A client that says it has a session open. */
export interface RunningClient {
  readonly pid: number;
  /** As the client says it: `busy`, `idle`, `waiting` …; null where it says nothing. */
  readonly status: string | null;
}

/**
 * The running clients by session id, from `<config folder>/sessions/<pid>.json`, without those whose process has ended.
 * The client documents none of this, and a process number may be another program's by now: a hint of what is live, no
 * proof. Empty where the folder is missing or unreadable; files that say something else are passed over.
 */
export async function readRunningClients(
  configFolder: string,
  isAlive: (pid: number) => boolean = isProcessAlive,
): Promise<Map<string, RunningClient>> {
  const folder = path.join(configFolder, 'sessions');
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.filter((name) => /^\d+\.json$/.test(name)).map((name) => readClient(path.join(folder, name), isAlive)),
  );
  return new Map(found.filter((client) => client !== null));
}

async function readClient(
  file: string,
  isAlive: (pid: number) => boolean,
): Promise<readonly [string, RunningClient] | null> {
  const pid = Number.parseInt(path.basename(file), 10);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null || pid <= 0 || !isAlive(pid)) return null;
  const record = parseRecord(text);
  const sessionId = record?.['sessionId'];
  const status = record?.['status'];
  if (typeof sessionId !== 'string') return null;
  return [sessionId, { pid, status: typeof status === 'string' ? status : null }];
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // Half written: the next look reads it whole.
  }
}

function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
