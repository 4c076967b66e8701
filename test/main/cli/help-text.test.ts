import { describe, expect, it } from 'vitest';
import { flags } from '../../../src/main/cli/flags.js';
import { helpText } from '../../../src/main/cli/help-text.js';

describe('helpText', () => {
  it('lists every flag, and each default', () => {
    for (const { name } of flags) expect(helpText()).toContain(`  --${name}`);
    for (const value of [75, 95, 10, 300]) expect(helpText()).toContain(`(default: ${value})`);
  });

  it('tells how to have every reading logged', () => {
    expect(helpText()).toMatch(/^  CONTEXT_WATCHER_LOG=debug {2}.+info\)$/m);
  });

  it('fits a terminal', () => {
    for (const line of helpText().split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});
