import path from 'node:path';

/** The words that may stand before `.ts`: docs/architecture.md, and Nest's own kinds of request handlers. */
const SUFFIXES = new Set(
  (
    'module controller gateway service queries dto transitions policy events errors job listener guard decorator ' +
    'filter provider port factory spec adapter middleware interceptor pipe schema setup'
  ).split(' '),
);
/** Kinds whose file defines the class of that name: tickets.service.ts holds a …Service. */
const CLASS_KINDS = new Set([
  'module',
  'controller',
  'gateway',
  'service',
  'guard',
  'filter',
  'interceptor',
  'pipe',
]);
const VAGUE = /(^|[-./])(utils?|helpers?|common|misc|index)([-./]|$)/;

/** What is wrong with a source file's name or, for kinds that promise a class, its content; nothing when all is well. */
export function nameFault(file: string, text: string): string | undefined {
  const [stem = '', ...suffixes] = path.basename(file, '.ts').split('.');
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stem)) return `${file}: not kebab-case`;
  if (VAGUE.test(file)) return `${file}: says nothing about its content`;
  const unknown = suffixes.find((suffix) => !SUFFIXES.has(suffix));
  if (unknown !== undefined) return `${file}: .${unknown} is not one of the fixed suffixes`;
  const kind = suffixes[0];
  if (suffixes.length !== 1 || kind === undefined || !CLASS_KINDS.has(kind)) return undefined;
  const name = kind.charAt(0).toUpperCase() + kind.slice(1);
  return new RegExp(`export (abstract )?class \\w+${name}\\b`).test(text)
    ? undefined
    : `${file}: exports no class named …${name}`;
}
