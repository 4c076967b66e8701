import { texts } from '../../texts.js';

/** What the search understands, said quietly. */
export function SearchHints() {
  return (
    <ul className="search-hints" aria-label={texts.archive.operatorsLabel}>
      {texts.archive.operators.map(({ sign, meaning }) => (
        <li key={sign}>
          <code>{sign}</code> {meaning}
        </li>
      ))}
    </ul>
  );
}
