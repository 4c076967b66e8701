/** The text without NUL characters, which the database would cut it at. */
export function plainText(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', ' ') : text;
}
