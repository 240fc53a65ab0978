import { defineConfig } from 'vite';
import { builtUrl } from '../built-url.js';
import { catalogues } from '../catalogues.js';
import { precompress } from '../precompress.js';
import { serviceWorker } from '../service-worker.js';
import { LATE_POLLING, slim, SOCKETS } from '../slim.js';

const SERVER = 'http://localhost:5005';

/** The page's frame has a header and a navigation, and nobody drags its edges. */
const FRAME = (
  [
    ['../AppShellResizeHandle/AppShellResizeHandle.mjs', 'AppShellResizeHandle'],
    ['./AppShellAside/AppShellAside.mjs', 'AppShellAside'],
    ['./AppShellFooter/AppShellFooter.mjs', 'AppShellFooter'],
    ['./AppShellSection/AppShellSection.mjs', 'AppShellSection'],
    ['../assign-aside-variables/assign-aside-variables.mjs', 'assignAsideVariables'],
    ['../assign-footer-variables/assign-footer-variables.mjs', 'assignFooterVariables'],
  ] as const
).map(([source, name]) => ({
  importer: '@mantine/core/esm/components/AppShell/',
  source,
  code: `export const ${name} = () => null;`,
}));

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
    slim([...SOCKETS, ...LATE_POLLING, ...FRAME]),
    serviceWorker('worker/worker.ts', 'worker.js'),
    precompress(),
  ],
});
