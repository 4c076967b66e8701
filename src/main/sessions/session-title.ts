/** What the lines of a transcript call the session, by who named it. */
export interface Titles {
  readonly custom: string | null;
  readonly ai: string | null;
  readonly summary: string | null;
}

const lengthKept = 200;

/** The title to show: the user's own before the generated one before the summary, on one line and not over 200 characters; null where none says anything. */
export function chooseTitle({ custom, ai, summary }: Titles): string | null {
  return [custom, ai, summary].map((title) => tidy(title ?? '')).find((title) => title !== '') ?? null;
}

/** Titles are other people's text: control characters and line ends would break a menu row or a log line. */
function tidy(title: string): string {
  const oneLine = title.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return Array.from(oneLine.slice(0, lengthKept * 2))
    .slice(0, lengthKept)
    .join('');
}
