import { defineConfig } from 'vite';
import { precompress } from '../precompress.js';

const SERVER = 'http://localhost:5005';

export default defineConfig({
  root: import.meta.dirname,
  base: '/dashboard/',
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', modulePreload: { polyfill: false } },
  server: { proxy: { '/api': SERVER, '/socket.io': { target: SERVER, ws: true } } },
  plugins: [precompress()],
});
