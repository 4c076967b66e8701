import { htmlPolicy, htmlStyle } from './html-style.js';
import { splitFences } from './split-fences.js';
import { stepsOf, type TranscriptStep } from './transcript-steps.js';
import type { TranscriptBlock, TranscriptHead, TranscriptImage, TranscriptItem } from './transcript-item.js';
import { speakerNames, timeWords } from './transcript-words.js';

/**
 * One page without a script, in pieces. Whatever comes from the session is escaped; a message has its anchor as id. The
 * items decide what is held: nothing is kept longer than a step.
 */
export async function* htmlTranscript(
  head: TranscriptHead,
  items: AsyncIterable<TranscriptItem>,
): AsyncGenerator<string, void, undefined> {
  const title = escaped(head.title ?? head.project);
  const facts = [
    head.title === null ? '' : head.project,
    head.sessionId,
    head.exportedAt === null ? '' : `exported ${timeWords(head.exportedAt)}`,
  ];
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${htmlPolicy}">
<meta name="made-from" content="${escaped(head.stamp)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${htmlStyle}</style>
</head>
<body>
<header><h1><bdi>${title}</bdi></h1><p>${facts
    .filter((fact) => fact !== '')
    .map(escaped)
    .join(' · ')}</p></header>
<main>
`;
  for await (const step of stepsOf(items)) yield pieceOf(step);
  yield '</main>\n</body>\n</html>\n';
}

function pieceOf(step: TranscriptStep): string {
  switch (step.kind) {
    case 'message': {
      const { item, isHeaded } = step;
      const classes = `${item.speaker}${isHeaded ? ' headed' : ''}`;
      const model = item.model === null ? '' : `<span>${escaped(item.model)}</span>`;
      const top = isHeaded
        ? `<div class="head"><b>${speakerNames[item.speaker]}</b>${model}${timeTag(item.at)}</div>\n`
        : '';
      return `<article${idOf(item.anchor)} class="${classes}">${top}${item.blocks.map(blockTag).join('')}</article>\n`;
    }
    case 'entries': {
      const inner = step.entries
        .map(({ anchor, name, at, text }) => {
          const when = at === null ? '' : ` · ${timeTag(at)}`;
          return `<div${idOf(anchor)}>${escaped(name)}${when}<pre>${escaped(text)}</pre></div>`;
        })
        .join('\n');
      return `<details class="entries"><summary>${escaped(step.label)}</summary>${inner}</details>\n`;
    }
    case 'mark':
      return `<div${idOf(step.anchor)} class="mark">${escaped(step.text)}${step.at === null ? '' : ` · ${timeTag(step.at)}`}</div>\n`;
    case 'trouble':
      return `<p class="trouble">${escaped(step.text)}</p>\n`;
    case 'open':
      return `<details class="nested"><summary>${escaped(step.label)}</summary>\n`;
    case 'plain':
      return `<pre>${escaped(step.text)}</pre>\n`;
    case 'close':
      return '</details>\n';
  }
}

function blockTag(block: TranscriptBlock): string {
  switch (block.kind) {
    case 'text':
      return splitFences(block.text)
        .map((part) => (part.kind === 'code' ? `<pre>${escaped(part.text)}</pre>` : proseTag(part.text)))
        .join('\n');
    case 'fold': {
      const text = block.text.trim() === '' ? '' : `<pre>${escaped(block.text)}</pre>`;
      const inner = `${text}${block.images.map(imageTag).join('')}` || '<p class="note">Empty.</p>';
      return `<details class="${block.look}"><summary>${escaped(block.label)}</summary>${inner}</details>\n`;
    }
    case 'image':
      return imageTag(block);
    case 'note':
      return `<p class="note">${escaped(block.text)}</p>`;
  }
}

function proseTag(text: string): string {
  return `<div class="prose" dir="auto">${escaped(text)}</div>`;
}

/** The media type is one of ours and the data base64 alone. */
function imageTag({ mediaType, base64 }: TranscriptImage): string {
  return `<img alt="Image of the session" src="data:${mediaType};base64,${base64}">`;
}

function timeTag(at: string | null): string {
  return at === null ? '' : `<time datetime="${escaped(at)}">${timeWords(at)}</time>`;
}

function idOf(anchor: string | null): string {
  return anchor === null ? '' : ` id="${anchor}"`;
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}
