/** A name within a folder; folders and files are named by their inode. */
export interface PlaceRecord {
  readonly folder: string;
  readonly name: string;
}

/**
 * What was done in a storage: written down before it is done, a flush after it; `failed` names what came to nothing.
 * `upTo` is the last record before a flush of a folder began, `bytes` how long a file was when its flush began.
 */
export type JournalRecord =
  | ({
      readonly kind: 'give';
      readonly node: string;
      readonly isFolder: boolean;
      /** It was made with this name; else it had another one before. */
      readonly isNew: boolean;
    } & PlaceRecord)
  | ({ readonly kind: 'take'; readonly node: string } & PlaceRecord)
  | {
      readonly kind: 'move';
      readonly from: PlaceRecord;
      readonly to: PlaceRecord;
      readonly node: string;
      readonly isFolder: boolean;
    }
  | { readonly kind: 'failed'; readonly failed: number }
  | { readonly kind: 'flush'; readonly node: string; readonly bytes: number }
  | { readonly kind: 'flush-folder'; readonly folder: string; readonly upTo: number };

/** A record with its number. */
export type NumberedRecord = JournalRecord & { readonly sequence: number };

/** What the layer breaks on purpose, to prove that the test would see it. */
export type PowerCutFault = 'skip-flush' | 'skip-folder-flush' | 'manifest-first';
