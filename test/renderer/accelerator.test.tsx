import { expect, test } from 'vitest';
import { acceleratorOf, shortcutWords, type PressedKeys } from '../../src/renderer/accelerator.js';

const released: PressedKeys = {
  code: '',
  key: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
};
const keys = (changes: Partial<PressedKeys>): PressedKeys => ({ ...released, ...changes });

test.each<[string, PressedKeys, boolean, string | null]>([
  [
    'Ctrl, Shift and a letter',
    keys({ code: 'KeyU', key: 'U', ctrlKey: true, shiftKey: true }),
    false,
    'CommandOrControl+Shift+U',
  ],
  ['⌘ and a letter', keys({ code: 'KeyU', key: 'u', metaKey: true }), true, 'CommandOrControl+U'],
  ['Control on macOS', keys({ code: 'KeyU', key: 'u', ctrlKey: true }), true, 'Control+U'],
  ['the Super key elsewhere', keys({ code: 'KeyU', key: 'u', metaKey: true }), false, 'Super+U'],
  [
    'what the layout calls Z, not where it lies',
    keys({ code: 'KeyY', key: 'z', ctrlKey: true }),
    false,
    'CommandOrControl+Z',
  ],
  ['Option makes another character', keys({ code: 'KeyU', key: '¨', altKey: true }), true, 'Alt+U'],
  [
    'Shift makes another character of a digit',
    keys({ code: 'Digit7', key: '/', ctrlKey: true, shiftKey: true }),
    false,
    'CommandOrControl+Shift+7',
  ],
  ['an arrow', keys({ code: 'ArrowUp', key: 'ArrowUp', altKey: true }), false, 'Alt+Up'],
  ['the space bar', keys({ code: 'Space', key: ' ', altKey: true }), false, 'Alt+Space'],
  ['plus', keys({ code: 'BracketRight', key: '+', ctrlKey: true }), false, 'CommandOrControl+Plus'],
  ['a function key with Alt', keys({ code: 'F9', key: 'F9', altKey: true }), false, 'Alt+F9'],
  ['a letter alone is text', keys({ code: 'KeyU', key: 'u' }), false, null],
  ['Shift and a letter is text too', keys({ code: 'KeyU', key: 'U', shiftKey: true }), false, null],
  ['Ctrl alone', keys({ code: 'ControlLeft', key: 'Control', ctrlKey: true }), false, null],
  ['a dead key', keys({ code: 'Equal', key: 'Dead', ctrlKey: true }), false, null],
])('%s', (_, pressed, isMac, accelerator) => {
  expect(acceleratorOf(pressed, isMac)).toBe(accelerator);
});

test('a combination is written as its system writes it', () => {
  expect(shortcutWords('CommandOrControl+Shift+U', false)).toBe('Ctrl + Shift + U');
  expect(shortcutWords('CommandOrControl+Alt+Up', true)).toBe('⌘ ⌥ Up');
});
