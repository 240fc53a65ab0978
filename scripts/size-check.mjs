// npm run size: what a visitor downloads (gzip -9, kB = 1000 bytes) against the budgets. Needs built faces: npm run build.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const WIDGET = join(ROOT, 'web/widget/dist');
const DASHBOARD = join(ROOT, 'web/dashboard/dist');
const KB = 1_000;
const BUDGETS = { loader: 4, news: 6, chat: 48, dashboard: 250 };

const sizeOf = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/** A chunk and all it imports before it runs; dynamic imports come later and count elsewhere. */
function withImports(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const code = readFileSync(file, 'utf8');
  for (const [, path] of code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.\/[^"']+)["']/g))
    withImports(join(dirname(file), path), seen);
  return seen;
}

const sum = (files) => [...files].reduce((total, file) => total + sizeOf(file), 0);

/** What the loader adds for donors with a conversation, in all languages. */
function newsSize() {
  const assets = join(WIDGET, 'assets');
  const name = readdirSync(assets).find((file) => /^news-.*\.js$/.test(file));
  if (name === undefined) throw new Error('web/widget/dist/assets has no news-….js');
  return sizeOf(join(assets, name));
}

/** The chat when it is opened: its entry with all imports, and the largest language. */
function chatSize() {
  const assets = join(WIDGET, 'assets');
  const names = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const entry = names.find((name) => name.startsWith('chat-'));
  if (entry === undefined) throw new Error('web/widget/dist/assets has no chat-….js');
  const languages = names.filter((name) => name.startsWith('panel-'));
  if (languages.length === 0) throw new Error('web/widget/dist/assets has no panel-….js');
  const largest = Math.max(...languages.map((name) => sizeOf(join(assets, name))));
  return sum(withImports(join(assets, entry))) + largest;
}

/**
 * What /dashboard loads first: the page and each script and style it names, with what those import, the desk behind the door, and the
 * words of every page in the largest language.
 */
function dashboardSize() {
  const page = join(DASHBOARD, 'index.html');
  const names = [
    ...readFileSync(page, 'utf8').matchAll(/(?:src|href)="__BASE__\/dashboard\/(assets\/[^"]+)"/g),
  ];
  const files = new Set([page]);
  for (const [, name] of names) {
    if (name.endsWith('.js')) withImports(join(DASHBOARD, name), files);
    else files.add(join(DASHBOARD, name));
  }
  const desk = readdirSync(join(DASHBOARD, 'assets')).filter((name) => /^desk-.*\.(js|css)$/.test(name));
  if (desk.length === 0) throw new Error('web/dashboard/dist/assets has no desk-….js');
  for (const name of desk) withImports(join(DASHBOARD, 'assets', name), files);
  const words = readdirSync(join(DASHBOARD, 'assets')).filter((name) => /^core-.*\.js$/.test(name));
  if (words.length === 0) throw new Error('web/dashboard/dist/assets has no core-….js');
  return sum(files) + Math.max(...words.map((name) => sizeOf(join(DASHBOARD, 'assets', name))));
}

const measured = {
  ...(existsSync(WIDGET) && {
    loader: sizeOf(join(WIDGET, 'widget.js')),
    news: newsSize(),
    chat: chatSize(),
  }),
  ...(existsSync(DASHBOARD) && { dashboard: dashboardSize() }),
};
if (Object.keys(measured).length === 0) console.log('Nothing is built yet: npm run build');
for (const [name, bytes] of Object.entries(measured)) {
  const fits = bytes <= BUDGETS[name] * KB;
  console.log(`${fits ? 'ok' : 'TOO LARGE'}: ${name} ${(bytes / KB).toFixed(1)} kB of ${BUDGETS[name]} kB`);
  if (!fits) process.exitCode = 1;
}
