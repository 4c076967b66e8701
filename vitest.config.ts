import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**'];

/** `npm run test:unit` runs node and renderer; the end-to-end and client projects have scripts of their own that set the scene first. */
export default defineConfig({
  test: {
    testTimeout: 20_000,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/main/**/*.test.ts', 'test/scripts/**/*.test.ts'],
          exclude,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.tsx'],
          exclude,
          testTimeout: 20_000,
        },
      },
    ],
  },
});
