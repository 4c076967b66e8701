// `node scripts/gauge-sheet.mjs`: draws the contact sheets of the tray's gauge into docs/images, as the app draws it; a test says when
// they are old. `node scripts/gauge-sheet.mjs --quiz FOLDER [SEED]`: draws enlarged crops of random states without a word, and the key beside them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { projectFolder } from './set-up.mjs';

const quizSizes = /** @type {const} */ ([
  [16, 8, 6],
  [22, 6, 6],
  [32, 6, 5],
]);
const cropsPerSize = 18;

/** @template Module @param {string} name @returns {Promise<Module>} */
async function source(name) {
  const file = join(projectFolder, 'test', 'support', name);
  return (await runnerImport(file, { configFile: false, logLevel: 'error' })).module;
}

/** @type {typeof import('../test/support/gauge-sheet.js')} */
const { gaugeSheet } = await source('gauge-sheet.ts');
/** @type {typeof import('../test/support/picture.js')} */
const { pngOf } = await source('picture.ts');
const [, , flag, folder, seed] = process.argv;
if (flag === '--quiz' && folder !== undefined) {
  /** @type {typeof import('../test/support/gauge-quiz.js')} */
  const { quizItems, quizPicture } = await source('gauge-quiz.ts');
  for (const [size, zoom, perRow] of quizSizes) {
    const items = quizItems(cropsPerSize, Number(seed ?? 1) * 100 + size);
    writeFileSync(join(folder, `quiz-${size}.png`), pngOf(quizPicture(items, size, zoom, perRow)));
    writeFileSync(join(folder, `quiz-${size}-key.json`), JSON.stringify(items, null, 1));
  }
} else {
  for (const style of /** @type {const} */ (['ring', 'bar', 'number'])) {
    writeFileSync(join(projectFolder, 'docs', 'images', `gauge-${style}.png`), pngOf(gaugeSheet(style)));
  }
}
