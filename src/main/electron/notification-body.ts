/**
 * The body of a notification in the form that the server takes: one that understands markup (capability `body-markup`)
 * gets `&`, `<` and `>` escaped, so that people read the text as it is meant; any other gets the text itself.
 */
export function notificationBody(text: string, capabilities: readonly string[]): string {
  if (!capabilities.includes('body-markup')) return text;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
