import { hintText } from '../hint-text.js';
import type { SessionView } from '../session-view.js';

/** What is left of the session in turns and minutes, or where it is compacted while nobody can tell; nothing where neither is known. */
export function Outlook({ view: { forecast, compaction } }: { readonly view: SessionView }) {
  if (forecast === null) {
    if (compaction === null) return null;
    return (
      <p className="fullest-outlook" data-hint={hintText([compaction.full])}>
        {compaction.short}
      </p>
    );
  }
  const [first, ...others] = forecast.pieces;
  return (
    <p className="fullest-outlook" data-hint={hintText([forecast.pieces.join(''), forecast.basis, compaction?.full])}>
      <strong>{first}</strong>
      {others.map((piece) => (
        <span key={piece}>{piece}</span>
      ))}
    </p>
  );
}
