import { lstat, lstatSync, readdir, readdirSync, stat, type Dirent, type Stats } from 'node:fs';
import { cutTime } from './time-slices.js';

/** What is asked of a disk for one folder and its files. Rejects with the system's error. */
export interface FolderQuestions {
  readonly lstat: (path: string) => Promise<Stats>;
  readonly names: (folder: string) => Promise<readonly string[]>;
}

/**
 * Asks the disk of one root. A drive that hangs keeps a thread of the process's few for every question, so no more is
 * asked of one that doesn't answer; its questions wait, and those of a network drive go one at a time from the start.
 */
export interface RootDisk extends FolderQuestions {
  /** Follows links. */
  readonly stat: (path: string) => Promise<Stats>;
  readonly entries: (folder: string) => Promise<readonly Dirent[]>;
  /** Takes its turn with any other question. */
  readonly ask: <Answer>(question: () => Promise<Answer>) => Promise<Answer>;
  /** For what is on this disk for sure: while it is local and quick, without the detour through a thread, which costs several times more. */
  readonly quick: FolderQuestions;
  /** Whether it is local and answers at once, so that a little may be read from it without the detour through a thread. */
  readonly isQuick: () => boolean;
  /** False: one question at a time, which is how a disk begins. True: many, and `quick` until one takes long. */
  readonly setLocal: (isLocal: boolean) => void;
  /** True from when nothing was answered for the slow time until something is. */
  readonly isSlow: () => boolean;
  /** Resolves like `work`, or with null as soon as the disk is slow; `work` goes on meanwhile, but isn't begun on a slow disk. */
  readonly orSlow: <Answer>(work: () => Promise<Answer>) => Promise<Answer | null>;
  /** Calls `listener` when it becomes slow and when it answers again. Returns the undo. */
  readonly onSlowness: (listener: () => void) => () => void;
}

/** So many questions are under way at once on a disk of this machine: enough to keep all threads busy. */
const manyAtOnce = 256;
/** A disk that takes this long for one answer, as one that has to start turning, is asked through threads for a while. */
const stallMs = 15;

/** A disk that is slow when it answers nothing for `slowAfterMs`. Nothing of it keeps the process alive. */
export function openRootDisk(slowAfterMs: number, now: () => number = () => performance.now()): RootDisk {
  const slices = cutTime(now);
  const waiting: (() => void)[] = [];
  const listeners = new Set<() => void>();
  let width = 1;
  let isQuick = false;
  let asked = 0;
  let answers = 0;
  let timer: NodeJS.Timeout | null = null;
  let slow = false;

  function say(isSlow: boolean): void {
    slow = isSlow;
    for (const listener of listeners) listener();
  }

  /** Counts answers: a long walk that goes on is not slow. */
  function keepWatch(): void {
    const before = answers;
    const look = () => {
      timer = null;
      if (answers === before) say(true);
      else keepWatch();
    };
    timer = setTimeout(look, slowAfterMs).unref();
  }

  function begin(): void {
    asked += 1;
    if (timer === null) keepWatch();
  }

  function end(): void {
    asked -= 1;
    answers += 1;
    if (slow) say(false);
    const free = Math.max(0, width - asked);
    for (const start of waiting.splice(0, free)) start();
    if (asked > 0) {
      if (timer === null) keepWatch();
    } else if (timer !== null) {
      clearTimeout(timer);
      timer = null;
    }
  }

  function inTurn(start: () => void): void {
    const startNow = () => {
      begin();
      start();
    };
    if (asked < width && !slow) startNow();
    else waiting.push(startNow);
  }

  /** The callback forms of Node cost a third of the promise forms, which counts for thousands of files. */
  function call<Answer>(
    question: (answer: (error: NodeJS.ErrnoException | null, value: Answer) => void) => void,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      inTurn(() =>
        question((error, value) => {
          if (error) reject(error);
          else resolve(value);
          end();
        }),
      );
    });
  }

  function quickly<Answer>(question: () => Answer, throughThread: () => Promise<Answer>): Promise<Answer> {
    if (!isQuick) return throughThread();
    return new Promise((resolve, reject) => {
      slices.run(() => {
        if (!isQuick) return resolve(throughThread());
        const startedAt = now();
        try {
          resolve(question());
        } catch (error) {
          reject(error as Error);
        }
        isQuick = now() - startedAt < stallMs;
      });
    });
  }

  const askLstat = (path: string) => call<Stats>((answer) => lstat(path, answer));
  const askNames = (folder: string) => call<readonly string[]>((answer) => readdir(folder, answer));

  return {
    stat: (path) => call((answer) => stat(path, answer)),
    lstat: askLstat,
    names: askNames,
    entries: (folder) => call((answer) => readdir(folder, { withFileTypes: true }, answer)),
    ask: (question) =>
      new Promise((resolve, reject) => {
        inTurn(() => void question().then(resolve, reject).finally(end));
      }),
    quick: {
      lstat: (path) =>
        quickly(
          () => lstatSync(path),
          () => askLstat(path),
        ),
      names: (folder) =>
        quickly(
          () => readdirSync(folder),
          () => askNames(folder),
        ),
    },
    setLocal(isLocal) {
      width = isLocal ? manyAtOnce : 1;
      isQuick = isLocal;
    },
    isQuick: () => isQuick && !slow,
    isSlow: () => slow,
    async orSlow(work) {
      if (slow) return null;
      let undo: () => void = () => undefined;
      const untilSlow = new Promise<null>((resolve) => {
        const listener = () => {
          if (slow) resolve(null);
        };
        listeners.add(listener);
        undo = () => listeners.delete(listener);
      });
      return Promise.race([work(), untilSlow]).finally(undo);
    },
    onSlowness(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
