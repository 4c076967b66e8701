import { removePidFiles, writePidFiles, type PidFiles } from './pid-file.js';

/** The pid file of a run that holds its context storage. */
export interface KeptPidFile {
  /** Writes it. Where that fails it is tried again and again, for the disk may be full only now. Never throws. */
  readonly take: () => Promise<void>;
  /** Ends the attempts and removes what was written. */
  readonly release: () => Promise<void>;
}

/** Makes the keeper of a pid file; nothing is written yet. `onFault` hears why it can't be written, and null once it is. */
export function keepPidFile(options: {
  readonly files: PidFiles;
  readonly pid: number;
  readonly onFault: (error: Error | null) => void;
  readonly retryMilliseconds?: number;
}): KeptPidFile {
  const { files, pid, onFault, retryMilliseconds = 10_000 } = options;
  let attempt: Promise<void> = Promise.resolve();
  let retry: NodeJS.Timeout | undefined;
  let isReleased = false;

  async function tryToWrite(): Promise<void> {
    try {
      await writePidFiles(files, pid);
      onFault(null);
    } catch (error) {
      onFault(error instanceof Error ? error : new Error(String(error)));
      if (!isReleased) retry = setTimeout(take, retryMilliseconds);
    }
  }

  function take(): Promise<void> {
    attempt = tryToWrite();
    return attempt;
  }

  return {
    take,
    async release() {
      isReleased = true;
      clearTimeout(retry);
      await attempt;
      await removePidFiles(files, pid);
    },
  };
}
