const controls = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu;
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;
const directionMarks = /[\p{Bidi_Control}\u200b\u2060-\u206f\ufeff]/gu;

/**
 * Makes text from a session fit for a menu row, a tooltip or a notice: one line, no control characters, no marks that
 * turn the reading direction of what follows, at most `maxCharacters` characters (a longer text ends in `…`).
 */
export function shownText(text: string, maxCharacters: number): string {
  const cleaned = text
    .slice(0, maxCharacters * 8)
    .replace(controls, ' ')
    .replace(directionMarks, '')
    .trim();
  const characters = Array.from(cleaned);
  return characters.length > maxCharacters ? `${characters.slice(0, maxCharacters - 1).join('')}…` : cleaned;
}

/** How a session is named to people: project and, where it has one, title; fit to be shown. */
export function sessionLabel(session: { readonly project: string; readonly title: string | null }): string {
  const project = shownText(session.project, 40) || 'unnamed project';
  const title = session.title === null ? '' : shownText(session.title, 60);
  return title === '' ? isolated(project) : `${isolated(project)} — ${isolated(title)}`;
}

/** Text that runs from right to left keeps to itself, so that the figures beside it stay where they are. */
function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}
