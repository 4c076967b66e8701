/** Lines for a tooltip, each begun with a capital; undefined where there is nothing to say, as the `title` attribute wants it. */
export function hintText(lines: readonly (string | null | undefined)[]): string | undefined {
  const said = lines.filter((line): line is string => typeof line === 'string' && line !== '');
  if (said.length === 0) return undefined;
  return said.map((line) => line.charAt(0).toUpperCase() + line.slice(1)).join('\n');
}
