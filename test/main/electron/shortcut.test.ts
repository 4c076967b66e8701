import { describe, expect, it } from 'vitest';
import { keepShortcut } from '../../../src/main/electron/shortcut.js';

function desktopWith({ taken = [] as readonly string[] } = {}) {
  const held = new Map<string, () => void>();
  return {
    held,
    register(accelerator: string, onPress: () => void) {
      if (!accelerator.includes('+')) throw new TypeError('Error processing argument');
      if (taken.includes(accelerator)) return false;
      held.set(accelerator, onPress);
      return true;
    },
    unregister(accelerator: string) {
      held.delete(accelerator);
    },
  };
}

describe('keepShortcut', () => {
  it('listens for one combination at a time, and for none after its end', () => {
    const desktop = desktopWith();
    let pressed = 0;
    const shortcut = keepShortcut(desktop, () => (pressed += 1));
    expect(shortcut.take('Ctrl+A')).toBeNull();
    expect(shortcut.take('Ctrl+B')).toBeNull();
    expect([...desktop.held.keys()]).toEqual(['Ctrl+B']);
    desktop.held.get('Ctrl+B')?.();
    expect(pressed).toBe(1);
    shortcut.stop();
    expect([...desktop.held.keys()]).toEqual([]);
    expect(shortcut.current()).toBeNull();
  });

  it.each([
    ['Ctrl+Taken', /another program or the desktop has it/],
    ['nonsense', /is no key combination/],
  ])('stays with the one before where %s is refused', (accelerator, message) => {
    const desktop = desktopWith({ taken: ['Ctrl+Taken'] });
    const shortcut = keepShortcut(desktop, () => undefined);
    shortcut.take('Ctrl+A');
    expect(shortcut.take(accelerator)).toMatchObject({
      field: 'globalShortcut',
      message: expect.stringMatching(message),
    });
    expect(shortcut.current()).toBe('Ctrl+A');
    expect([...desktop.held.keys()]).toEqual(['Ctrl+A']);
  });

  it('listens for none when it is taken away', () => {
    const desktop = desktopWith();
    const shortcut = keepShortcut(desktop, () => undefined);
    shortcut.take('Ctrl+A');
    expect(shortcut.take(null)).toBeNull();
    expect(desktop.held.size).toBe(0);
  });
});
