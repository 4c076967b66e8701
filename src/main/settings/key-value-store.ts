/** A small JSON record on disk; electron-store's `Store` and conf's `Conf` are both one. */
export interface KeyValueStore {
  /** Absolute path of the file. */
  readonly path: string;
  /** The value of a key, undefined where there is none. */
  get(key: string): unknown;
  /** Writes these keys and keeps the others. Throws when the disk refuses. */
  set(record: Record<string, unknown>): void;
}
