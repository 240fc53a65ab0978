/** npm run i18n: every message in every language, with the same arguments, and used. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogueFaults, readCatalogues, type Catalogue, usageFaults, usageIn } from './i18n-faults.js';
import { loadingFaults } from './i18n-loading.js';

const ROOT = join(import.meta.dirname, '..');

/** Where the messages of each face are used, and how its sources write a key. */
const FACES: Readonly<Record<string, { folder: string; keyOf: (catalogue: string, key: string) => string }>> =
  {
    dashboard: {
      folder: 'web/dashboard/src',
      keyOf: (catalogue, key) => `${catalogue.replace('dashboard/', '')}.${key}`,
    },
    server: { folder: 'src', keyOf: (catalogue, key) => `${catalogue.replace('server/', '')}.${key}` },
    widget: { folder: 'web/widget/src', keyOf: (_catalogue, key) => key },
  };

/** Every fault, one sentence each. */
export function i18nFaults(): string[] {
  const catalogues = readCatalogues(join(ROOT, 'web/i18n'));
  const used = Object.entries(FACES).flatMap(([face, { folder, keyOf }]) => {
    const usage = usageIn(sourcesIn(folder));
    return catalogues
      .filter(({ name }) => name.startsWith(`${face}/`))
      .flatMap((catalogue) => usageFaults(catalogue, usage, (key) => keyOf(catalogue.name, key)));
  });
  return [...catalogues.flatMap(catalogueFaults), ...used, ...notLoaded(catalogues)];
}

/** Only the dashboard loads its words in parts that are named in its keys. */
function notLoaded(catalogues: readonly Catalogue[]): string[] {
  const keys = catalogues.flatMap(({ name, texts }) => {
    const part = /^dashboard\/(.+)$/.exec(name)?.[1];
    return part === undefined ? [] : Object.keys(texts.en ?? {}).map((key) => `${part}.${key}`);
  });
  const sources = Object.entries(sourcesIn('web/dashboard/src')).map(([path, code]) => [
    path.replace(/\.tsx?$/, ''),
    code,
  ]);
  return loadingFaults('web/dashboard/src/main', Object.fromEntries(sources) as Record<string, string>, keys);
}

function sourcesIn(folder: string): Record<string, string> {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.spec.ts'));
  return Object.fromEntries(
    sources.map((file) => [`${folder}/${file}`, readFileSync(join(ROOT, folder, file), 'utf8')]),
  );
}

if (import.meta.main) {
  const faults = i18nFaults();
  for (const fault of faults) console.log(fault);
  console.log(
    faults.length === 0 ? 'Messages: complete in every language.' : `Messages: ${faults.length} faults.`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}
