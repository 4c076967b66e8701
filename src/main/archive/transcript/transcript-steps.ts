import type { TranscriptItem } from './transcript-item.js';

type Item<Kind extends TranscriptItem['kind']> = Extract<TranscriptItem, { readonly kind: Kind }>;

/** An item as it is drawn: whether a message needs its head, and entries that follow each other as one. */
export type TranscriptStep =
  | { readonly kind: 'message'; readonly item: Item<'message'>; readonly isHeaded: boolean }
  | { readonly kind: 'entries'; readonly label: string; readonly entries: readonly Item<'entry'>[] }
  | Item<'mark' | 'trouble' | 'open' | 'plain' | 'close'>;

const mostTogether = 50;
const mostImageCharacters = 64_000_000;

/**
 * Items as steps: lines of one answer under one head, runs of entries together, and images until they make 64 MB. Holds
 * back no more than 50 entries.
 */
export async function* stepsOf(items: AsyncIterable<TranscriptItem>): AsyncGenerator<TranscriptStep, void, undefined> {
  let entries: Item<'entry'>[] = [];
  let previous: Item<'message'> | null = null;
  let imageCharacters = 0;

  function fits(block: { readonly kind: string; readonly base64?: string }): boolean {
    imageCharacters += block.base64?.length ?? 0;
    return imageCharacters <= mostImageCharacters;
  }

  function withFewImages(item: Item<'message'>): Item<'message'> {
    const blocks = item.blocks.map((block) => {
      if (block.kind === 'fold') return { ...block, images: block.images.filter(fits) };
      if (block.kind !== 'image' || fits(block)) return block;
      return { kind: 'note' as const, text: 'Image, left out: the transcript holds too many.' };
    });
    return { ...item, blocks };
  }

  for await (const item of items) {
    if (item.kind === 'entry') {
      entries.push(item);
      if (entries.length < mostTogether) continue;
    }
    if (entries.length > 0) {
      yield { kind: 'entries', label: labelOf(entries), entries };
      entries = [];
    }
    if (item.kind === 'entry') continue;
    if (item.kind !== 'message') {
      previous = null;
      yield item;
      continue;
    }
    yield { kind: 'message', item: withFewImages(item), isHeaded: !continues(item, previous) };
    previous = item;
  }
  if (entries.length > 0) yield { kind: 'entries', label: labelOf(entries), entries };
}

/** Tool results stand with the answer that asked for them, and so does what the answer says next. */
function continues(item: Item<'message'>, previous: Item<'message'> | null): boolean {
  if (previous === null) return false;
  if (item.speaker === 'tool') return previous.speaker === 'assistant' || previous.speaker === 'tool';
  if (item.speaker !== 'assistant') return false;
  return previous.speaker === 'tool' || (previous.speaker === 'assistant' && previous.messageId === item.messageId);
}

function labelOf(entries: readonly Item<'entry'>[]): string {
  const counts = new Map<string, number>();
  for (const { name } of entries) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`));
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown}, ${names.length - 4} more kinds` : shown;
}
