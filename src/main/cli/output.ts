import type { Writable } from 'node:stream';

/** Where a command prints. */
export interface Output {
  /** Resolves when the text is handed over, or when nobody reads any more. */
  readonly write: (text: string) => Promise<void>;
}

/**
 * Prints to a stream. A reader that went away (`| head`) is no error: what it didn't want is dropped. Any other error of
 * the stream is thrown by `write`.
 */
export function openOutput(stream: Writable): Output {
  let isReaderGone = false;
  // Without a listener the error would end the process; `write` hears of it too.
  stream.on('error', () => undefined);
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        if (isReaderGone) return resolve();
        return stream.write(text, (error) => {
          isReaderGone ||= isGone(error);
          if (error && !isReaderGone) reject(error);
          else resolve();
        });
      }),
  };
}

function isGone(error: Error | null | undefined): boolean {
  const code = error && 'code' in error ? error.code : null;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF';
}
