import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from './seeded-random.js';

/** Fills an archive with the names that many archived sessions have, untouched for an hour; what the files hold is nothing to be read. */
export function fillArchive(
  exportsArchive: string,
  { sessions, segmentsEach }: { readonly sessions: number; readonly segmentsEach: number },
): void {
  const random = seededRandom(4_000);
  const old = new Date(Date.now() - 3_600_000);
  for (let at = 0; at < sessions; at += 1) {
    const id = random.uuid();
    const folder = path.join(exportsArchive, id);
    mkdirSync(folder, { recursive: true });
    for (let segment = 0; segment < segmentsEach; segment += 1) {
      const stem = path.join(folder, `2026-10-0${segment + 1}-101507-${id.slice(0, 8)}-76pct`);
      writeFileSync(`${stem}.jsonl.br`, 'x');
      writeFileSync(`${stem}.manifest.json`, '{}');
    }
    utimesSync(folder, old, old);
  }
  utimesSync(exportsArchive, old, old);
  if (readdirSync(exportsArchive).length !== sessions) throw new Error('The archive was not filled.');
}
