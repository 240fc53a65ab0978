import path from 'node:path';

/** The words that may stand before `.ts`: docs/architecture.md, and Nest's own kinds of request handlers. */
const SUFFIXES = new Set(
  (
    'module controller gateway service queries dto transitions policy events errors job listener guard decorator ' +
    'filter provider port factory spec adapter mapper middleware interceptor pipe schema setup strategy reader hook columns'
  ).split(' '),
);
const VAGUE = /(^|[-./])(utils?|helpers?|common|misc|index)([-./]|$)/;

/** What is wrong with a source file's name; nothing when all is well. */
export function nameFault(file: string): string | undefined {
  const [stem = '', ...suffixes] = path.basename(file, '.ts').split('.');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)) return `${file}: not kebab-case`;
  if (VAGUE.test(file)) return `${file}: says nothing about its content`;
  const unknown = suffixes.find((suffix) => !SUFFIXES.has(suffix));
  return unknown === undefined ? undefined : `${file}: .${unknown} is not one of the fixed suffixes`;
}
