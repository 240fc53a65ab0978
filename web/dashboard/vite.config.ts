import { defineConfig } from 'vite';
import { builtUrl } from '../built-url.js';
import { catalogues } from '../catalogues.js';
import { precompress } from '../precompress.js';
import { serviceWorker } from '../service-worker.js';
import { LATE_POLLING, slim, SOCKETS } from '../slim.js';

const SERVER = 'http://localhost:5005';

/** Nobody drags the edges of the page's frame. */
const NO_HANDLES = {
  importer: '@mantine/core/esm/components/AppShell/',
  source: '../AppShellResizeHandle/AppShellResizeHandle.mjs',
  code: 'export const AppShellResizeHandle = () => null;',
};

export default defineConfig({
  root: import.meta.dirname,
  base: '/dashboard/',
  experimental: { renderBuiltUrl: builtUrl('dashboard') },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // Mantine marks its files "use client", which says nothing in a page without a server side.
    rolldownOptions: {
      // The first page carries the names of all others: short ones.
      output: {
        entryFileNames: 'assets/[name]-[hash:7].js',
        chunkFileNames: 'assets/[name]-[hash:7].js',
        assetFileNames: 'assets/[name]-[hash:7][extname]',
      },
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
    },
  },
  css: { modules: { generateScopedName: '[hash:base64:4]' } },
  server: { proxy: { '/api': SERVER, '/socket.io': { target: SERVER, ws: true } } },
  plugins: [
    catalogues(),
    slim([...SOCKETS, ...LATE_POLLING, NO_HANDLES]),
    serviceWorker('worker/worker.ts', 'worker.js'),
    precompress(),
  ],
});
