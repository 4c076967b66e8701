import type { TourView } from './tour-views.js';

/** The tour as a page of Markdown: a heading, a sentence and a picture in both themes for each view. */
export function tourPage(views: readonly TourView[]): string {
  const parts = views.map(
    ({ name, heading, sentence }) =>
      `## ${heading}\n\n${sentence}\n\n![${heading}, light and dark](tour/${name}.png)\n`,
  );
  return [
    '# Tour\n',
    'The views of the popover in the light and the dark theme, taken from the packaged app on a virtual desktop. Window and page are ' +
      'real; the sessions that they draw are made up. `npm run tour` takes the pictures and writes this page; the end-to-end tests ' +
      'take them again and compare.\n',
    ...parts,
  ].join('\n');
}
