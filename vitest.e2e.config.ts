import { defineConfig } from 'vitest/config';

/** scripts/test-e2e.mjs sets the scene (packaged app, desktop, user) and runs these one file at a time: they share one desktop. */
export default defineConfig({
  test: {
    name: 'e2e',
    environment: 'node',
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    retry: 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
