import type { MarkedText } from '../../../shared/archive-search.js';
import { displayText } from '../../display-text.js';

/** A snippet with its hits marked. Its parts are data: nothing of it becomes markup. */
export function MarkedWords({ text }: { readonly text: MarkedText }) {
  return (
    <bdi>
      {text.map((part, index) => {
        const shown = withSpaces(part.text);
        // The parts of one snippet never change their order.
        return part.isHit ? <mark key={index}>{shown}</mark> : <span key={index}>{shown}</span>;
      })}
    </bdi>
  );
}

/** As it may be drawn, with the spaces at its ends, which stand between it and its neighbours. */
function withSpaces(text: string): string {
  const shown = displayText(text);
  if (shown === '') return text === '' ? '' : ' ';
  return `${/^\s/.test(text) ? ' ' : ''}${shown}${/\s$/.test(text) ? ' ' : ''}`;
}
