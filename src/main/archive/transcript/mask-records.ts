import type { MaskSecrets } from '../secret-mask.js';

/** Something parsed from JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/**
 * Masks the secrets in all texts that stand anywhere in these records, in place, before any of it is shortened or cut into
 * lines. Names of fields stay as they are. Walks without recursion: a stranger may have nested them as deep as he likes.
 */
export async function maskRecords(records: readonly JsonRecord[], mask: MaskSecrets): Promise<void> {
  const places: { readonly holder: Record<string, unknown>; readonly name: string; readonly text: string }[] = [];
  const waiting: unknown[] = [...records];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const holder = value as Record<string, unknown>;
    for (const name of Object.keys(holder)) {
      const inner = holder[name];
      if (typeof inner === 'string' && inner.length >= shortestSecret) places.push({ holder, name, text: inner });
      else if (typeof inner === 'object' && inner !== null) waiting.push(inner);
    }
  }
  const masked = await mask(places.map(({ text }) => text));
  places.forEach(({ holder, name, text }, at) => {
    const shown = masked[at] ?? text;
    if (shown !== text) holder[name] = shown;
  });
}

/** No rule knows a secret that is shorter. */
const shortestSecret = 12;
