import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const styles = path.join(import.meta.dirname, '../../src/renderer/styles');
const css = readFileSync(path.join(styles, 'tokens.css'), 'utf8');
const darkStart = css.indexOf('@media (prefers-color-scheme: dark)');
const light = colours(css.slice(0, darkStart));
const themes = {
  light,
  dark: { ...light, ...colours(css.slice(darkStart, css.indexOf('@media (prefers-contrast', darkStart))) },
};

/** What is written on what, as the style sheets have it. */
const textPairs = [
  ['text', 'surface'],
  ['text', 'surface-raised'],
  ['text', 'surface-hover'],
  ['text', 'mode-surface'],
  ['text', 'danger-surface'],
  ['text-soft', 'surface'],
  ['text-soft', 'surface-raised'],
  ['text-soft', 'surface-hover'],
  ['text-soft', 'mode-surface'],
  ['text-soft', 'danger-surface'],
  ['text-faint', 'surface'],
  ['text-faint', 'surface-raised'],
  ['text-faint', 'surface-hover'],
  ['text-faint', 'mode-surface'],
  ['text', 'mark'],
  ['accent', 'surface'],
  ['accent', 'surface-hover'],
  ['done', 'surface'],
  ['warn', 'surface'],
  ['danger', 'surface'],
  ['danger', 'danger-surface'],
  ['accent', 'mode-surface'],
  ['accent', 'surface-raised'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
] as const;

/** What has to be told apart without reading: fills from their track, controls and focus from the page. */
const shapePairs = [
  ['calm', 'track'],
  ['band', 'track'],
  ['above', 'track'],
  ['estimate', 'track'],
  ['limit', 'surface'],
  ['limit', 'track'],
  ['accent', 'surface'],
  ['accent', 'track'],
  ['control-line', 'surface'],
  ['control-line', 'surface-raised'],
  ['calm', 'surface'],
  ['band', 'surface'],
  ['above', 'surface'],
] as const;

describe.each(Object.entries(themes))('%s', (_, tokens) => {
  test.each(textPairs)('%s on %s has a contrast of 4.5 or more', (ink, ground) => {
    expect(contrast(tokens[ink], tokens[ground])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(shapePairs)('%s beside %s has a contrast of 3 or more', (one, other) => {
    expect(contrast(tokens[one], tokens[other])).toBeGreaterThanOrEqual(3);
  });
});

test('the dark theme gives every colour that the light theme has', () => {
  expect(Object.keys(colours(css.slice(darkStart)))).toEqual(Object.keys(light));
});

test('every colour and duration in the style sheets is a token, every token used is there', () => {
  const defined = new Set([...css.matchAll(/--([\w-]+):/g)].map(([, name]) => name));
  for (const file of readdirSync(styles).filter((name) => name !== 'tokens.css')) {
    const sheet = readFileSync(path.join(styles, file), 'utf8');
    expect(sheet.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi)).toBeNull();
    const used = [...sheet.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name);
    expect(used.filter((name) => name !== 'tone' && !name?.startsWith('radix-') && !defined.has(name))).toEqual([]);
  }
});

test('a wrong contrast would be noticed: black on white is 21, a colour on itself 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#84a7ff', '#84a7ff')).toBe(1);
});

function colours(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6,8});/g)].map(([, name, value]) => [name, value]),
  );
}

/** WCAG 2.2 relative luminance and contrast. */
function contrast(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) throw new Error('A token of the pair is missing.');
  const [brighter, darker] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (brighter + 0.05) / (darker + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
