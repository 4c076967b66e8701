import { withoutOneMillionMark } from '../sessions/one-million-mark.js';

/**
 * The plain name of a model, as the table of windows has it: in small letters and without `[1m]`, a provider's prefix
 * (`us.anthropic.`, `anthropic/`, a resource name), its suffix (`-v1:0`, `@20250929`), a date or `-latest`.
 */
export function plainModelName(model: string): string {
  return withoutOneMillionMark(model.toLowerCase())
    .trim()
    .replace(/^.*\//, '')
    .replace(/^(?:[a-z-]+\.)?anthropic\./, '')
    .replace(/@.*$/, '')
    .replace(/-v\d+(?::\d+)?(?::\d+k)?$/, '')
    .replace(/-latest$/, '')
    .replace(/-\d{8}$/, '');
}
