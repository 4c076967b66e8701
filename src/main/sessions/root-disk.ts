import { lstat, lstatSync, readdir, readdirSync, stat, type Dirent, type Stats } from 'node:fs';
import { cutTime } from './time-slices.js';

/** The facts of a file, or the system's error. */
export type LstatAnswer = Stats | NodeJS.ErrnoException;

/** What is asked of a disk for one folder and its files. Rejects with the system's error. */
export interface FolderQuestions {
  readonly lstat: (path: string) => Promise<Stats>;
  /**
   * Looks at many files without a promise for each, and hands out each answer in the moment it is had. Resolves with the
   * paths that are left over to be asked one by one: all of them where the disk isn't quick.
   */
  readonly lstatEach: (
    paths: readonly string[],
    take: (path: string, answer: LstatAnswer) => void,
  ) => Promise<readonly string[]>;
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
  /** False: one question at a time, which is how a disk begins. True: many, and `quick` but for a while after some took long. */
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
/** So many files are looked at between two looks at the clock: some 100 µs. */
const lookedAtInOneGo = 32;
/** An answer that takes this long is a stall: of the disk, as when it has to start turning, or of a machine with much to do. */
const stallMs = 15;
/** A disk that has stalled for this long in all is asked through threads for a while. */
const patienceMs = 60;
/** For so long the first time, and twice as long each time after: a machine that was busy for a moment is no slow disk. */
const firstDetourMs = 60_000;

/** A disk that is slow when it answers nothing for `slowAfterMs`. Nothing of it keeps the process alive. */
export function openRootDisk(slowAfterMs: number, now: () => number = () => performance.now()): RootDisk {
  const slices = cutTime(now);
  const waiting: (() => void)[] = [];
  const listeners = new Set<() => void>();
  let width = 1;
  /** Never while it is not known to be local. */
  let quickFrom = Number.POSITIVE_INFINITY;
  let detourMs = firstDetourMs;
  let stalledMs = 0;
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

  const isQuick = (): boolean => now() >= quickFrom;

  function noteWait(milliseconds: number): void {
    if (milliseconds < stallMs) return;
    stalledMs += milliseconds;
    if (stalledMs < patienceMs) return;
    quickFrom = now() + detourMs;
    detourMs *= 2;
    stalledMs = 0;
  }

  function quickly<Answer>(question: () => Answer, throughThread: () => Promise<Answer>): Promise<Answer> {
    if (!isQuick()) return throughThread();
    return new Promise((resolve, reject) => {
      slices.run(() => {
        if (!isQuick()) return resolve(throughThread());
        const startedAt = now();
        try {
          resolve(question());
        } catch (error) {
          reject(error as Error);
        }
        noteWait(now() - startedAt);
      });
    });
  }

  function lstatEach(
    paths: readonly string[],
    take: (path: string, answer: LstatAnswer) => void,
  ): Promise<readonly string[]> {
    if (!isQuick() || paths.length === 0) return Promise.resolve(paths);
    return new Promise((resolve) => {
      let done = 0;
      const goOn = () => {
        if (!isQuick()) return resolve(paths.slice(done));
        const startedAt = now();
        const chunk = paths.slice(done, done + lookedAtInOneGo);
        const facts = chunk.map(lstatAnswer);
        noteWait(now() - startedAt);
        done += chunk.length;
        for (const [index, path] of chunk.entries()) take(path, facts[index] as LstatAnswer);
        if (done === paths.length) resolve([]);
        else slices.run(goOn);
      };
      slices.run(goOn);
    });
  }

  const askLstat = (path: string) => call<Stats>((answer) => lstat(path, answer));
  const askNames = (folder: string) => call<readonly string[]>((answer) => readdir(folder, answer));

  return {
    stat: (path) => call((answer) => stat(path, answer)),
    lstat: askLstat,
    lstatEach: (paths) => Promise.resolve(paths),
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
      lstatEach,
      names: (folder) =>
        quickly(
          () => readdirSync(folder),
          () => askNames(folder),
        ),
    },
    setLocal(isLocal) {
      width = isLocal ? manyAtOnce : 1;
      quickFrom = isLocal ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      detourMs = firstDetourMs;
      stalledMs = 0;
    },
    isQuick: () => isQuick() && !slow,
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

function lstatAnswer(path: string): LstatAnswer {
  try {
    return lstatSync(path);
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}
