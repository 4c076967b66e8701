import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { logLevels, type LogLevel } from './log-level.js';
import { oneLine } from './one-line.js';

/** Writes one line per call, whatever the text holds. Nothing throws. */
export interface Log {
  readonly debug: (message: string) => void;
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  readonly error: (message: string) => void;
  /** Ends the log; lines are on their way to the disk as soon as they are written, so nothing is left to flush. */
  readonly close: () => void;
}

/** Where and how a log is written. */
export interface LogOptions {
  /** Null: no file. The folder is made when the first line comes. */
  readonly file: string | null;
  readonly level: LogLevel;
  /** Takes each line, without its line end, besides the file. */
  readonly toStdout: ((line: string) => void) | null;
  readonly clock: () => Date;
  /** Told when the file can't be written (once, until it can again) and, with null, when it can again. */
  readonly onFault: (error: Error | null) => void;
  readonly maxBytes?: number;
  /** How many older files (`.1` the newest) stay. */
  readonly keep?: number;
}

const prefixes = { debug: '', info: '', warn: 'Warning: ', error: 'Error: ' } as const;

/** Opens a log with lines of the form `[YYYY-MM-DD HH:MM:SS] message`, local time, readable by the user only, rotated by size. */
export function openLog(options: LogOptions): Log {
  const file =
    options.file === null ? null : openRotatingFile(options.file, options.maxBytes ?? 5_000_000, options.keep ?? 3);
  let isFaulty = false;

  function writeTo(level: LogLevel, message: string): void {
    if (logLevels.indexOf(level) < logLevels.indexOf(options.level)) return;
    const line = `[${localTime(options.clock())}] ${prefixes[level]}${oneLine(message)}`;
    options.toStdout?.(line);
    try {
      file?.append(`${line}\n`);
      if (isFaulty) options.onFault(null);
      isFaulty = false;
    } catch (error) {
      if (!isFaulty) options.onFault(error instanceof Error ? error : new Error(String(error)));
      isFaulty = true;
    }
  }

  return {
    debug: (message) => writeTo('debug', message),
    info: (message) => writeTo('info', message),
    warn: (message) => writeTo('warn', message),
    error: (message) => writeTo('error', message),
    close: () => file?.close(),
  };
}

/** `YYYY-MM-DD HH:MM:SS` in local time. */
function localTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** A file that is opened when needed, and renamed to `.1`, `.2` … before a text would make it larger than `maxBytes`. */
function openRotatingFile(file: string, maxBytes: number, keep: number) {
  let opened: { readonly descriptor: number; bytes: number } | null = null;

  function open(): { readonly descriptor: number; bytes: number } {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const descriptor = openSync(file, 'a', 0o600);
    return { descriptor, bytes: fstatSync(descriptor).size };
  }

  function close(): void {
    if (opened) closeSync(opened.descriptor);
    opened = null;
  }

  function rotate(): void {
    close();
    rmSync(`${file}.${keep}`, { force: true });
    for (let age = keep - 1; age >= 1; age -= 1) renameIfThere(`${file}.${age}`, `${file}.${age + 1}`);
    renameIfThere(file, `${file}.1`);
  }

  return {
    close,
    append(text: string): void {
      const bytes = Buffer.byteLength(text);
      opened ??= open();
      if (opened.bytes > 0 && opened.bytes + bytes > maxBytes) {
        rotate();
        opened = open();
      }
      try {
        writeSync(opened.descriptor, text);
        opened.bytes += bytes;
      } catch (error) {
        // The next line opens it afresh: the disk may have been away.
        close();
        throw error;
      }
    },
  };
}

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}
