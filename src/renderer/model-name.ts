import { displayText } from './display-text.js';

const longestName = 28;

/** A model id as people say it: `claude-opus-5-5` is Opus 5.5. What doesn't follow the pattern is shown as it is. */
export function modelName(modelId: string): string {
  const core = modelId
    .replace(/\[1m\]$/i, '')
    .replace(/^.*?(?=claude-)/, '')
    .replace(/-v\d+(:\d+)?$/, '')
    .replace(/@.*$/, '')
    .replace(/-(\d{8}|latest)$/, '');
  const match =
    /^claude-(?<family>[a-z]+)(?<version>(-\d{1,2}){0,2})$/.exec(core) ??
    /^claude(?<version>(-\d{1,2}){1,2})-(?<family>[a-z]+)$/.exec(core);
  const family = match?.groups?.['family'];
  if (family === undefined) return shortened(displayText(modelId));
  const version = (match?.groups?.['version'] ?? '').split('-').filter(Boolean).join('.');
  return `${family.charAt(0).toUpperCase()}${family.slice(1)}${version === '' ? '' : ` ${version}`}`;
}

function shortened(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName)}…` : name;
}
