import type { SqlValue, StrictDatabase } from './strict-database.js';

/** So many rows go into one statement: a call to the driver costs more than a row. */
const chunkSizes = [64, 16, 4, 1] as const;

/** How rows go in. */
export interface RowForm {
  /** The statement up to the rows. */
  readonly before: string;
  /** One row: `(?, unhex(?))`. */
  readonly row: string;
  /** What follows the rows. */
  readonly after?: string;
}

/** Inserts rows with few statements; answers how many went in. `shared` are the values of the holes in `before`. */
export function insertRows(
  database: StrictDatabase,
  form: RowForm,
  rows: readonly (readonly SqlValue[])[],
  shared: readonly SqlValue[] = [],
): number {
  let inserted = 0;
  let done = 0;
  for (const size of chunkSizes) {
    for (; rows.length - done >= size; done += size) {
      const values: SqlValue[] = [...shared];
      for (let at = done; at < done + size; at += 1) values.push(...(rows[at] ?? []));
      inserted += database.run(statementOf(form, size), values);
    }
  }
  return inserted;
}

const statements = new Map<string, string>();

function statementOf({ before, row, after = '' }: RowForm, size: number): string {
  const key = `${size} ${before}`;
  const known = statements.get(key);
  if (known !== undefined) return known;
  const made = `${before} VALUES ${Array.from({ length: size }, () => row).join(', ')}${after}`;
  statements.set(key, made);
  return made;
}
