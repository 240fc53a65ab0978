import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, defineConfig, type Plugin } from 'vite';
import { LOCALES } from '../../src/contract/locales.js';
import { builtUrl } from '../built-url.js';
import { catalogues, compileMessage } from '../catalogues.js';
import type { Message } from '../i18n/format.js';
import { precompress } from '../precompress.js';
import { LATE_POLLING, slim, SOCKETS } from '../slim.js';

const LOADER = 'src/loader/loader.ts';
const NEWS = 'src/news/news.ts';
const TARGET = 'es2022';
const SERVER = 'http://localhost:5005';

/** All languages in one object: as modules of their own they would take more room than the loader has. */
function wordsOf(catalogue: string): Record<string, Record<string, Message>> {
  const read = (locale: string) => {
    const text = readFileSync(
      join(import.meta.dirname, `../i18n/${locale}/widget/${catalogue}.json`),
      'utf8',
    );
    const messages = Object.entries(JSON.parse(text) as Readonly<Record<string, string>>);
    return Object.fromEntries(messages.map(([key, message]) => [key, compileMessage(message)]));
  };
  return Object.fromEntries(LOCALES.map((locale) => [locale, read(locale)]));
}

/** Builds one more file beside the chat, which shares no chunk with it. Answers its name. */
async function buildAlone(
  source: string,
  define: Readonly<Record<string, unknown>>,
  output: { readonly format: 'es' | 'iife'; readonly entryFileNames: string },
): Promise<string> {
  const built = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    define: Object.fromEntries(
      Object.entries(define).map(([name, value]) => [`__${name}__`, JSON.stringify(value)]),
    ),
    build: {
      outDir: 'dist',
      emptyOutDir: false,
      target: TARGET,
      copyPublicDir: false,
      rolldownOptions: {
        input: join(import.meta.dirname, source),
        preserveEntrySignatures: 'exports-only',
        output,
      },
    },
  });
  return 'output' in built ? built.output[0].fileName : '';
}

/**
 * Builds widget.js after the chat and the news, because it names their hashed entries. It is a classic script of its own: no
 * chunk, no import but those two.
 */
function loader(): Plugin {
  let chat = '';
  return {
    name: 'loader',
    apply: 'build',
    writeBundle(_options, bundle) {
      chat =
        Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'chat')?.fileName ?? '';
    },
    closeBundle: {
      sequential: true,
      async handler() {
        if (!chat) throw new Error('The chat has no entry: widget.js would open nothing.');
        const news = await buildAlone(
          NEWS,
          { NEWS_WORDS: wordsOf('news') },
          { format: 'es', entryFileNames: 'assets/news-[hash].js' },
        );
        await buildAlone(
          LOADER,
          {
            CHAT_PATH: `widget/${chat}`,
            NEWS_PATH: `widget/${news}`,
            LAUNCHER_WORDS: wordsOf('launcher'),
          },
          { format: 'iife', entryFileNames: 'widget.js' },
        );
      },
    },
  };
}

/** Chunks find each other by their own address; Vite's helper would look for them on the site that embeds the widget. */
const PRELOAD = { id: '\0vite/preload-helper.js', code: 'export const __vitePreload = (load) => load();' };

function preload(): Plugin {
  return {
    name: 'preload',
    enforce: 'pre',
    load: (id) => (id === PRELOAD.id ? PRELOAD.code : undefined),
  };
}

/** The board of all tickets is staff's. */
const NO_MONITOR = {
  importer: 'live/connection.ts',
  source: './monitor.js',
  code: 'export class Monitor {}',
};

/** What the chat loads at once and others need too: one chunk is smaller than several. */
const BASE =
  /\/(chat\/(data\/(link-state|rest)|desk\/categories|styles|ui\/(parts|theme))|contract\/ticket-fields|live\/connection|src\/(adopt|now))\.tsx?$/;

export default defineConfig({
  root: import.meta.dirname,
  base: '/widget/',
  experimental: { renderBuiltUrl: builtUrl('widget') },
  oxc: { jsx: { importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: TARGET,
    modulePreload: false,
    rolldownOptions: {
      input: {
        chat: join(import.meta.dirname, 'src/chat/main.tsx'),
        call: join(import.meta.dirname, 'call.html'),
      },
      preserveEntrySignatures: 'exports-only',
      output: { codeSplitting: { groups: [{ name: 'base', test: BASE }] } },
    },
  },
  server: { proxy: { '/api': SERVER, '/socket.io': { target: SERVER, ws: true } } },
  plugins: [
    catalogues(),
    slim([...SOCKETS, ...LATE_POLLING, NO_MONITOR]),
    preload(),
    loader(),
    precompress(),
  ],
});
