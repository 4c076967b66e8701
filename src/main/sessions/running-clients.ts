import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { isRecordedProcess, type RecordedProcess } from './recorded-process.js';

/** A client that says it has a session open. */
export interface RunningClient {
  readonly pid: number;
  /** As the client says it: `busy`, `idle`, `waiting` (a permission prompt or another dialog is open) …; null where it says nothing. */
  readonly status: string | null;
  /** What it waits for, in its own words, such as `permission prompt` or `input needed`; null where it doesn't, or says nothing. */
  readonly waitingFor: string | null;
}

/** The running clients of one config folder, looked up again and again at little cost. */
export interface RunningClients {
  /**
   * The clients that run now, by session id. Files that have not changed since the last look are not read again; whether
   * their process still runs is asked every time. Empty where the folder is missing or unreadable.
   */
  readonly read: () => Promise<ReadonlyMap<string, RunningClient>>;
}

interface RunningClientsOptions {
  readonly isRunning?: (recorded: RecordedProcess) => Promise<boolean>;
  readonly readText?: (file: string) => Promise<string>;
}

interface ClientRecord extends RecordedProcess {
  readonly sessionId: string;
  readonly status: string | null;
  readonly waitingFor: string | null;
  readonly statusAtMs: number;
}

interface KeptRecord {
  readonly identity: string;
  readonly record: ClientRecord | null;
}

/** A file that was changed so shortly before it was read may be changed again without a new time. */
const settledMs = 2_000;

/** No record of a client comes near this. */
const largestBytes = 64 * 1024;
const longestWait = 200;

/**
 * Follows `<config folder>/sessions/<pid>.json`, which the client documents nowhere. As 2.1.330 does it: the file is
 * written a second or two after the start with `sessionId` and `procStart`; `status` follows when the prompt is there
 * and changes with every turn (`idle` → `busy` → `idle`) and dialog (`waiting`, with `waitingFor`). `/clear` and a
 * resume from within write the new `sessionId` into the same file. A normal end and SIGTERM remove it, `kill -9` and a
 * power cut leave it behind; so a record counts only while the process that wrote it runs. A client in another
 * container or machine on the same folder can't be proven and doesn't count.
 */
export function followRunningClients(
  configFolder: string,
  { isRunning = isRecordedProcess, readText = (file) => readFile(file, 'utf8') }: RunningClientsOptions = {},
): RunningClients {
  const folder = path.join(configFolder, 'sessions');
  let kept: ReadonlyMap<string, KeptRecord> = new Map();

  async function look(name: string): Promise<readonly [string, KeptRecord] | null> {
    const file = path.join(folder, name);
    const facts = await stat(file, { bigint: true }).catch(() => null);
    if (facts === null || !facts.isFile() || facts.size > largestBytes) return null;
    const isSettled = Date.now() - Number(facts.mtimeMs) > settledMs;
    const identity = isSettled ? `${facts.ino}/${facts.mtimeNs}/${facts.size}` : '';
    const known = kept.get(name);
    if (known !== undefined && identity !== '' && known.identity === identity) return [name, known];
    const text = await readText(file).catch(() => null);
    return text === null ? null : [name, { identity, record: parseRecord(Number.parseInt(name, 10), text) }];
  }

  return {
    async read() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => /^[1-9]\d*\.json$/.test(name));
      kept = new Map((await Promise.all(names.map(look))).filter((entry) => entry !== null));
      const records = [...kept.values()].flatMap(({ record }) => record ?? []);
      const proven = await Promise.all(records.map(async (record) => ((await isRunning(record)) ? [record] : [])));
      // Two clients may have one session open: the one that has said something last is the one to show.
      const byAge = proven.flat().toSorted((one, other) => one.statusAtMs - other.statusAtMs);
      return new Map(byAge.map(({ sessionId, pid, status, waitingFor }) => [sessionId, { pid, status, waitingFor }]));
    },
  };
}

function parseRecord(pid: number, text: string): ClientRecord | null {
  const record = parseObject(text);
  const sessionId = record?.['sessionId'];
  if (typeof sessionId !== 'string') return null;
  const status = asText(record?.['status']);
  return {
    pid,
    sessionId,
    procStart: asText(record?.['procStart']),
    startedAtMs: asTime(record?.['startedAt']),
    status,
    waitingFor: status === 'waiting' ? (asText(record?.['waitingFor'])?.slice(0, longestWait) ?? null) : null,
    statusAtMs: asTime(record?.['statusUpdatedAt']) ?? asTime(record?.['startedAt']) ?? 0,
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // Half written: the next look reads it whole.
  }
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function asTime(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}
