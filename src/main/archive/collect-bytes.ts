/** Texts as bytes, one after the other. */
export interface ByteCollector {
  /** Answers how many bytes the text has. */
  readonly add: (text: string, encoding: 'utf8' | 'hex') => number;
  /** The bytes since the last time, in memory of their own. */
  readonly take: () => Uint8Array<ArrayBuffer>;
}

const firstBytes = 64 * 1024;
const mostBytesPerUnit = 3;

/** Makes a collector; half a surrogate pair becomes U+FFFD. */
export function collectBytes(): ByteCollector {
  let space = Buffer.allocUnsafe(firstBytes);
  let used = 0;
  return {
    add(text, encoding) {
      const most = used + text.length * mostBytesPerUnit;
      if (most > space.length) {
        const larger = Buffer.allocUnsafe(Math.max(most, space.length * 2));
        space.copy(larger, 0, 0, used);
        space = larger;
      }
      const written = space.write(text, used, encoding);
      used += written;
      return written;
    },
    take() {
      const taken = new Uint8Array(used);
      taken.set(space.subarray(0, used));
      used = 0;
      return taken;
    },
  };
}
