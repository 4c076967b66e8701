const runs = Number(process.env['FAST_CHECK_RUNS'] ?? 200);

/** How often a property is tried: the same 200 cases in every run of the tests, or as many new ones as `FAST_CHECK_RUNS` asks for. */
export const propertyRuns = {
  numRuns: runs,
  ...(process.env['FAST_CHECK_RUNS'] === undefined ? { seed: 20_261_125 } : {}),
  timeoutMs: 60_000 + runs * 200,
};
