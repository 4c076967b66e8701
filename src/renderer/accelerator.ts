/** What is pressed, as the browser tells it. */
export interface PressedKeys {
  /** The key's place on the keyboard, such as `KeyU`. */
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const named: Readonly<Record<string, string>> = {
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ' ': 'Space',
  '+': 'Plus',
  Enter: 'Return',
};
const taken = new Set(['Home', 'End', 'PageUp', 'PageDown', 'Insert', 'Delete', 'Backspace', 'Tab']);

/**
 * The key combination in Electron's words (`CommandOrControl+Shift+U`), once it is one that a desktop can listen for: a key
 * with at least one of Ctrl, Alt and ⌘. Null until then.
 */
export function acceleratorOf(pressed: PressedKeys, isMac: boolean): string | null {
  const key = keyName(pressed);
  if (key === null) return null;
  const main = isMac ? pressed.metaKey : pressed.ctrlKey;
  const other = isMac ? pressed.ctrlKey : pressed.metaKey;
  const modifiers = [
    ...(main ? ['CommandOrControl'] : []),
    ...(other ? [isMac ? 'Control' : 'Super'] : []),
    ...(pressed.altKey ? ['Alt'] : []),
    ...(pressed.shiftKey ? ['Shift'] : []),
  ];
  if (!main && !other && !pressed.altKey) return null;
  return [...modifiers, key].join('+');
}

/** A combination as people of the system write it: `Ctrl + Shift + U`, or `⇧⌘U`. */
export function shortcutWords(accelerator: string, isMac: boolean): string {
  const keys = accelerator.split('+').map((key) => (isMac ? macKeys : otherKeys)[key] ?? key);
  return keys.join(isMac ? ' ' : ' + ');
}

const macKeys: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  Command: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Option: '⌥',
  Shift: '⇧',
};
const otherKeys: Readonly<Record<string, string>> = { CommandOrControl: 'Ctrl', Control: 'Ctrl' };

function keyName({ code, key }: PressedKeys): string | null {
  // With Alt and Shift held the key is another character: letters and digits go by their place.
  const letter = /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit(\d)$/.exec(code)?.[1];
  if (letter !== undefined && !/^[a-z]$/i.test(key)) return letter;
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return key;
  if (Object.hasOwn(named, key)) return named[key] ?? null;
  if (taken.has(key)) return key;
  return /^[!-~]$/.test(key) ? key : null;
}
