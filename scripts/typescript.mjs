// Lets Node run our TypeScript as it is, decorators and parameter properties included:
// node --import ./scripts/typescript.mjs some/file.ts
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const isOurs = (url) => url?.startsWith('file:') === true && !url.includes('/node_modules/');

/** A relative `./x.js` import of ours means `./x.ts` when that is what exists. */
function resolve(specifier, context, nextResolve) {
  if (isOurs(context.parentURL) && /^\.{1,2}\/.*\.js$/.test(specifier)) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(fileURLToPath(source))) return nextResolve(source.href, context);
  }
  return nextResolve(specifier, context);
}

/** Compiles by .swcrc, with the map inline so that stack traces name the TypeScript line. */
function load(url, context, nextLoad) {
  if (!isOurs(url) || !/\.tsx?$/.test(url)) return nextLoad(url, context);
  const filename = fileURLToPath(url);
  const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}

registerHooks({ resolve, load });
