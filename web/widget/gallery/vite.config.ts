import { defineConfig } from 'vite';
import { catalogues } from '../../catalogues.js';

/** The gallery of components is a page of its own, so that nothing of it ships. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { importSource: 'preact' } },
  build: { target: 'es2022' },
  plugins: [catalogues()],
});
