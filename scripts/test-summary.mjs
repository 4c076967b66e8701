/** @typedef {import('./vitest-run.mjs').TestCounts} TestCounts */

/**
 * The line a test run ends with: `12 passed, 0 failed`, with `, 3 skipped` when some were.
 * @param {TestCounts} counts
 */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** @param {TestCounts[]} all @returns {TestCounts} their sum */
export function addCounts(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of all) {
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
  }
  return sum;
}
