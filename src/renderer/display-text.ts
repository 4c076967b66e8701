const longestShown = 300;
const controls = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu;
const directionMarks = /[\p{Bidi_Control}\u200b\u2060-\u206f\ufeff]/gu;

/**
 * Makes text from a session fit to be drawn on one line: control characters become a space, marks that
 * turn the reading direction of their surroundings go, and no more than 300 characters are kept.
 */
export function displayText(text: string): string {
  const cleaned = text
    .slice(0, longestShown * 4)
    .replace(controls, ' ')
    .replace(directionMarks, '')
    .trim();
  const characters = [...cleaned];
  return characters.length > longestShown ? `${characters.slice(0, longestShown).join('')}…` : cleaned;
}
