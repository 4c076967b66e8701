/**
 * A file or folder of the context storage could not be written or read. `message` says what failed, `mend` what to do
 * about it, `code` is the system's name for the cause (`ENOSPC`), `cause` the original error.
 */
export class StorageError extends Error {
  readonly code: string;
  readonly mend: string;

  constructor(message: string, details: { code: string; mend: string; cause?: unknown }) {
    super(message, { cause: details.cause });
    this.name = 'StorageError';
    this.code = details.code;
    this.mend = details.mend;
  }
}

/**
 * Wraps what a file operation threw. `doing` completes the sentence "Could not …", such as `write the export`. An error
 * that is wrapped already comes back as it is.
 */
export function storageError(doing: string, path: string, cause: unknown): StorageError {
  if (cause instanceof StorageError) return cause;
  const code = errorCode(cause) ?? 'UNKNOWN';
  const { reason, mend } = explanations[code] ?? {
    reason: cause instanceof Error ? cause.message : String(cause),
    mend: 'Look at the log for the whole error, then try again.',
  };
  return new StorageError(`Could not ${doing}: ${reason} (${path}).`, { code, mend, cause });
}

/** The system's name for what went wrong (`ENOENT`), or null when the error carries none. */
export function errorCode(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

const choosePlace = 'or choose another context storage folder in the settings';

const explanations: Readonly<Record<string, { readonly reason: string; readonly mend: string }>> = {
  ENOSPC: { reason: 'the disk is full', mend: `Free some space, ${choosePlace}.` },
  EDQUOT: { reason: 'your disk quota is used up', mend: `Free some space, ${choosePlace}.` },
  EACCES: { reason: 'permission denied', mend: `Give your user read and write access to it, ${choosePlace}.` },
  EPERM: { reason: 'the system forbids it', mend: `Give your user read and write access to it, ${choosePlace}.` },
  EROFS: { reason: 'the disk is read-only', mend: `Mount it writable, ${choosePlace}.` },
  ENOTDIR: { reason: 'a file is where a folder is expected', mend: `Move that file away, ${choosePlace}.` },
  EEXIST: { reason: 'something else has that name already', mend: `Move it away, ${choosePlace}.` },
  EISDIR: { reason: 'a folder is where a file is expected', mend: `Move that folder away, ${choosePlace}.` },
  ELOOP: { reason: 'a link is where a file is expected', mend: `Move that link away, ${choosePlace}.` },
  ENOENT: { reason: 'it is gone', mend: 'Check that its disk is connected, then try again.' },
  EIO: { reason: 'the disk reports an error', mend: 'Check the disk, then try again.' },
  EMFILE: { reason: 'too many files are open', mend: 'Close other programs or raise the limit of open files.' },
  ENFILE: { reason: 'too many files are open on this machine', mend: 'Close other programs, then try again.' },
};
