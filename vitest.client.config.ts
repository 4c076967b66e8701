import { defineConfig } from 'vitest/config';

/** The tests with the real Claude Code client as the writer; `npm run test:client` runs them. */
export default defineConfig({
  test: {
    name: 'client',
    environment: 'node',
    include: ['test/client/**/*.test.ts'],
    globalSetup: ['test/client/prepare-client.ts'],
    testTimeout: 90_000,
    hookTimeout: 60_000,
    maxWorkers: 4,
  },
});
