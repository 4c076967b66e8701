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

/** Whether two names are of one model, with `[1m]` or without. */
export function isSameModel(one: string, other: string): boolean {
  return one === other || plainModelName(one) === plainModelName(other);
}

/** Whether a model is named as Bedrock, Vertex or a gateway name it: with a prefix, a resource name or `@date`. Foundry names it as Anthropic does. */
export function hasProviderName(model: string): boolean {
  return /[/@]|^arn:|(?:^|\.)anthropic\./i.test(model);
}
