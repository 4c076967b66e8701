const units = ['B', 'KB', 'MB', 'GB', 'TB'];

/** A size for people: 812 B, 4.2 KB, 41 MB; a thousand bytes are a kilobyte. */
export function byteWords(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}
