/**
 * Lines for a tooltip: names first, as they are, then phrases, each begun with a capital. Undefined where there is
 * nothing to say, as the `title` attribute wants it.
 */
export function hintText(
  phrases: readonly (string | null | undefined)[],
  names: readonly string[] = [],
): string | undefined {
  const said = phrases
    .filter((phrase): phrase is string => typeof phrase === 'string' && phrase !== '')
    .map((phrase) => phrase.charAt(0).toUpperCase() + phrase.slice(1));
  const lines = [...names, ...said];
  return lines.length === 0 ? undefined : lines.join('\n');
}
