import { createHash } from 'node:crypto';

const digestKey = 'X-ContextWatcher-Digest';

/**
 * The autostart file that starts `words` (a program and its arguments) at login, by the Desktop Entry specification. Its last
 * line is a digest of the rest, by which a file that somebody changed is told. Throws where the program can't be named in one.
 */
export function desktopEntry(words: readonly string[]): string {
  const [program = ''] = words;
  if (program === '' || program.includes('=')) {
    throw new Error(`${program} can't stand in an autostart file: its path must not hold an equals sign.`);
  }
  const body = [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Context Watcher',
    'Comment=Shows how full the context window of every live Claude Code session is',
    `Exec=${words.map(quoted).join(' ')}`,
    'Icon=context-watcher',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
  return `${body}${digestKey}=${digestOf(body)}\n`;
}

/** Whether an autostart file is as the app wrote it, for whichever program. */
export function isOwnEntry(content: string): boolean {
  const at = content.lastIndexOf(`${digestKey}=`);
  return at !== -1 && content.slice(at) === `${digestKey}=${digestOf(content.slice(0, at))}\n`;
}

/** Whether a desktop passes over an autostart file: hidden, or switched off by GNOME's tools. */
export function isSwitchedOff(content: string): boolean {
  return /^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/im.test(content);
}

/** One argument of `Exec`: quoted, then escaped once more as every value of the file is; `%` would begin a field code. */
function quoted(word: string): string {
  const inQuotes = word.replace(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%');
  const asValue = inQuotes
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`);
  return `"${asValue}"`;
}

function digestOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
