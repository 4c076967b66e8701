import type { SqlValue, StrictDatabase } from './strict-database.js';

/** So many rows go into one statement: a call to the driver costs more than a row. */
const chunkSizes = [64, 16, 4, 1] as const;

/**
 * Inserts rows with few statements; answers how many went in. `head` is the statement up to VALUES, `row` the form of
 * one row: `(?, unhex(?))`.
 */
export function insertRows(
  database: StrictDatabase,
  head: string,
  row: string,
  rows: readonly (readonly SqlValue[])[],
): number {
  let inserted = 0;
  let done = 0;
  for (const size of chunkSizes) {
    for (; rows.length - done >= size; done += size) {
      const values: SqlValue[] = [];
      for (let at = done; at < done + size; at += 1) values.push(...(rows[at] ?? []));
      inserted += database.run(statementOf(head, row, size), values);
    }
  }
  return inserted;
}

const statements = new Map<string, string>();

function statementOf(head: string, row: string, size: number): string {
  const key = `${size} ${head}`;
  const known = statements.get(key);
  if (known !== undefined) return known;
  const made = `${head} VALUES ${Array.from({ length: size }, () => row).join(', ')}`;
  statements.set(key, made);
  return made;
}
