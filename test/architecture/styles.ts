import path from 'node:path';

/** The style sheets of the whole page, by name; every other one is a CSS module beside its component. */
const GLOBAL = new Set(['tokens.css', 'mantine.css', 'mantine-pages.css', 'mantine-password.css']);
/** A class that is written as text instead of `styles.name`; comparisons inside the braces are none. */
const LITERAL = /className=(?:["']|\{\s*["'`]|\{[^}]*[?:]\s*["'`])/;

/** Sources and style sheets of a face: path to text. */
export type Face = Readonly<Record<string, string>>;

/** Where a face names classes for the whole page, or uses classes that its modules do not have or the other way round. */
export function styleFaults(face: Face): string[] {
  return Object.entries(face)
    .flatMap(([file, text]) =>
      file.endsWith('.css') ? sheetFaults(face, file, text) : codeFaults(face, file, text),
    )
    .sort();
}

function codeFaults(face: Face, file: string, code: string): string[] {
  const plain = [...code.matchAll(/(?:import|from) '(\.[^']+\.css)'/g)]
    .map(([, name = '']) => name)
    .filter((name) => !name.endsWith('.module.css') && !GLOBAL.has(path.posix.basename(name)))
    .map((name) => `${file}: ${name} is no CSS module`);
  const literal = LITERAL.test(code) ? [`${file}: className is written as text`] : [];
  const unknown = modulesOf(file, code).flatMap(({ name, sheet }) => {
    const known = classesOf(face[sheet] ?? '');
    return usedOf(name, code)
      .filter((used) => !known.has(used))
      .map((used) => `${file}: ${sheet} has no .${used}`);
  });
  return [...plain, ...literal, ...unknown];
}

function sheetFaults(face: Face, file: string, css: string): string[] {
  const classes = [...classesOf(css)];
  if (!file.endsWith('.module.css'))
    return classes.map((name) => `${file}: .${name} holds for the whole page`);
  const users = Object.entries(face).flatMap(([from, code]) =>
    from.endsWith('.css')
      ? []
      : modulesOf(from, code)
          .filter(({ sheet }) => sheet === file)
          .map((one) => ({ ...one, code })),
  );
  const used = new Set(users.flatMap(({ name, code }) => usedOf(name, code)));
  const isIndexed = users.some(({ name, code }) => code.includes(`${name}[`));
  return classes
    .filter((name) => !isIndexed && !used.has(name))
    .map((name) => `${file}: nobody uses .${name}`);
}

/** The CSS modules that a source imports: the name there, and the path of the sheet. */
function modulesOf(file: string, code: string): { name: string; sheet: string }[] {
  return [...code.matchAll(/import (\w+) from '(\.[^']+\.module\.css)'/g)].map(
    ([, name = '', sheet = '']) => ({
      name,
      sheet: path.posix.join(path.posix.dirname(file), sheet),
    }),
  );
}

function usedOf(name: string, code: string): string[] {
  return [...code.matchAll(new RegExp(`(?<![\\w/.-])${name}\\.(\\w+)`, 'g'))].map(([, used = '']) => used);
}

function classesOf(css: string): Set<string> {
  const selectors = css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/@import[^;]*;/g, '')
    .replace(/\{[^{}]*\}/g, '{}');
  return new Set([...selectors.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name));
}
