import { hintText } from '../hint-text.js';
import type { SessionView } from '../session-view.js';
import { texts } from '../texts.js';
import { StateWords } from './StateWords.js';

/** A row's facts on one line: what the session is doing, then what is left, or else its model. What finds no room goes from the end; hovering says all. */
export function SessionFacts({ view, isLive }: { readonly view: SessionView; readonly isLive: boolean }) {
  const { stateNote, ageText, forecast, modelText } = view;
  const age = forecast !== null && isLive ? null : ageText;
  const separated = (text: string) => `${texts.listSeparator}${text}`;
  const rest = forecast === null ? (modelText === null ? [] : [modelText]) : forecast.pieces;
  const parts = [
    ...[stateNote, age].filter((part) => part !== null).map(separated),
    ...rest.map((piece, index) => (index === 0 ? separated(piece) : piece)),
  ];
  return (
    <span className="row-facts" data-hint={factsHint(view)}>
      <StateWords view={view} />
      {parts.map((part) => (
        <bdi key={part}>{part}</bdi>
      ))}
    </span>
  );
}

function factsHint({
  stateText,
  stateNote,
  ageText,
  modelText,
  windowText,
  forecast,
}: SessionView): string | undefined {
  const joined = (parts: readonly (string | null)[]) =>
    parts.filter((part) => part !== null).join(texts.listSeparator) || null;
  return hintText([
    joined([stateText, stateNote, ageText]),
    forecast === null ? null : forecast.pieces.join(''),
    forecast?.basis ?? null,
    joined([modelText, windowText]),
  ]);
}
