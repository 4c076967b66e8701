import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const source = (name: string): string => path.join(import.meta.dirname, 'src', name);

/** What stays outside the bundles: Electron itself, and the one library with a native part. */
const external = ['electron', 'libsql'];

/** No white space, but all names: the log's stack traces can be read. */
const smaller = { compress: true, mangle: false, codegen: { removeWhitespace: true } };

/** One character beyond Latin-1 makes V8 keep a whole file at two bytes a character: they are written as escapes. */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(/[^\0-\x7f]/g, escaped);
    }
  },
};

/**
 * What libraries bring for uses that nothing here makes of them: the settings store's schemas (zod checks the settings) and
 * migrations; secretlint's profiler, which keeps a mark of every call for good, and what opens key files, which masks no text.
 */
const unusedLibraries = ['ajv/dist/2020.js', 'ajv-formats', 'semver', '@secretlint/profiler'];
const keyFileOpener = /secretlint-rule-preset-recommend\/module\/index-[^/]+$/;

const withoutAnything = `export default {}; export const Ajv2020 = null;
  export const secretLintProfiler = { mark() {} };`;

/** Leaves them out of the bundles, and with them as much memory as their code takes. */
const withoutUnused: Plugin = {
  name: 'without-unused-libraries',
  enforce: 'pre',
  resolveId(name, importer) {
    if (unusedLibraries.includes(name)) return `\0${name}`;
    return keyFileOpener.test(importer ?? '') && name.startsWith('./') ? '\0key-file-opener' : null;
  },
  load: (id) =>
    id === '\0key-file-opener' || unusedLibraries.some((name) => id === `\0${name}`) ? withoutAnything : null,
};

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Three builds into `out/`: main (ES modules for Electron's Node and for plain Node), preload (one CommonJS file, as the
 * sandbox wants it) and the page. Everything but `external` is bundled, so the package holds no other library.
 */
export default defineConfig({
  main: {
    plugins: [asciiOnly, withoutUnused],
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          begin: source('main/begin.ts'),
          index: source('main/index.ts'),
          cli: source('main/cli.ts'),
          'entry-index-worker': source('main/archive/entry-index-worker.ts'),
          'glance-worker': source('main/sessions/glance-worker.ts'),
        },
        external,
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          minify: smaller,
        },
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
