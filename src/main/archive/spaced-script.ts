/**
 * Characters of scripts that put no space between words (Chinese, Japanese, Korean): each is a word of its own in the
 * index, so that any part of a run of them is a phrase.
 */
const unspaced = String.raw`\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}`;
const anyUnspaced = new RegExp(`[${unspaced}]`, 'u');
const everyUnspaced = new RegExp(`[${unspaced}]`, 'gu');

/** Whether a text holds a character of such a script. */
export function hasUnspacedScript(text: string): boolean {
  return anyUnspaced.test(text);
}

/** The text with spaces around each character of such a script. */
export function spaced(text: string): string {
  return hasUnspacedScript(text) ? text.replaceAll(everyUnspaced, ' $& ') : text;
}
