import { createReadStream } from 'node:fs';

/** An entry of the catalogue of models inside the client's program. */
const catalogueEntry = /id:"(claude-[a-z0-9-]{3,60})",family:"[a-z]+"/g;

/** Longer than any entry, so that one that lies across two pieces is still found. */
const overlapBytes = 200;

/** The models that the client's program names in its own catalogue, sorted; throws where it has none in the form of 2.1.330. */
export async function offeredModels(program: string): Promise<readonly string[]> {
  const found = new Set<string>();
  let rest = '';
  for await (const piece of createReadStream(program, { encoding: 'latin1', highWaterMark: 4 * 1024 * 1024 })) {
    const text = rest + String(piece);
    for (const [, model] of text.matchAll(catalogueEntry)) if (model !== undefined) found.add(model);
    rest = text.slice(-overlapBytes);
  }
  if (found.size === 0) throw new Error(`No catalogue of models was found in ${program}: its form has changed.`);
  return [...found].toSorted();
}
