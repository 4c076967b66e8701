/** Remembers the last bytes that were read, so that a file that was rewritten at the same or a greater length is noticed. */
export interface TailGuard {
  readonly push: (chunk: Buffer) => void;
  /** The last bytes pushed, at most 4 KB. */
  readonly bytes: () => Buffer;
}

const guardedBytes = 4 * 1024;

/** Starts with no byte. */
export function createTailGuard(): TailGuard {
  let tail: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      tail =
        chunk.length >= guardedBytes
          ? Buffer.from(chunk.subarray(-guardedBytes))
          : Buffer.from(Buffer.concat([tail, chunk]).subarray(-guardedBytes));
    },
    bytes: () => tail,
  };
}
