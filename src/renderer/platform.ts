/** Whether the page runs on macOS, where keys and places have other names. */
export function isMac(): boolean {
  return navigator.userAgent.includes('Macintosh');
}
