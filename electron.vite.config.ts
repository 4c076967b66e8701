import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const source = (name: string): string => path.join(import.meta.dirname, 'src', name);

/** What stays outside the bundles: Electron itself, and the one library with a native part. */
const external = ['electron', 'libsql'];

/**
 * Three builds into `out/`: main (ES modules for Electron's Node and for plain Node), preload (one CommonJS file, as the
 * sandbox wants it) and the page. Everything but `external` is bundled, so the package holds no other library.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          cli: source('main/cli.ts'),
          'entry-index-worker': source('main/archive/entry-index-worker.ts'),
        },
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: source('preload/index.ts') },
        external,
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('renderer'),
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { index: source('renderer/index.html') } },
    },
  },
});
