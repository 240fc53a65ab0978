/** Whether each part of the dashboard has loaded the words that it uses. */
import { posix } from 'node:path';
import ts from 'typescript';

type Sources = Readonly<Record<string, string>>;
/** Of all messages, as sources write them. */
type Keys = readonly string[];

interface Module {
  /** Words of these are used here. */
  readonly uses: ReadonlySet<string>;
  /** What it imports, and the words that are loaded together with that. */
  readonly imports: readonly { readonly path: string; readonly loads: readonly string[] }[];
  /** Words that the module itself waits for. */
  readonly loads: readonly string[];
}

/** Calls that load words together with code: `withWords(import('./x.js'), 'a')`, and `page(…)` of the router. */
const LOADERS = new Set(['withWords', 'page']);

/** Follows the imports from `entry`, and names each module that may speak before its words are here. */
export function loadingFaults(entry: string, sources: Sources, keys: Keys): string[] {
  const modules = new Map(Object.entries(sources).map(([path, code]) => [path, moduleOf(path, code, keys)]));
  const seen = new Set<string>();
  const faults = new Set<string>();
  const visit = (path: string, loaded: readonly string[]): void => {
    const module = modules.get(path);
    const here = [...new Set([...loaded, ...(module?.loads ?? [])])].sort();
    if (module === undefined || seen.has(`${path} ${here.join()}`)) return;
    seen.add(`${path} ${here.join()}`);
    for (const used of module.uses)
      if (!here.includes(used))
        faults.add(`${path} uses ${used}, and has loaded ${here.join(', ') || 'nothing'}`);
    for (const { path: next, loads } of module.imports) visit(next, [...here, ...loads]);
  };
  visit(entry, []);
  return [...faults].sort();
}

function moduleOf(path: string, code: string, keys: Keys): Module {
  const uses = new Set<string>();
  const imports: Module['imports'][number][] = [];
  const loads: string[] = [];
  const look = (node: ts.Node, loading: readonly string[]): void => {
    const namespace = namespaceOf(node, keys);
    if (namespace !== undefined) uses.add(namespace);
    const target = importedBy(node);
    if (target !== undefined) imports.push({ path: resolved(path, target), loads: loading });
    if (isNeed(node)) loads.push(...wordsAmong(node.arguments));
    const inside = ts.isCallExpression(node) && isLoader(node) ? wordsAmong(node.arguments) : loading;
    ts.forEachChild(node, (child) => look(child, inside));
  };
  look(ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX), []);
  return { uses, imports, loads };
}

/** `core` of the key `core.save`, or of the beginning of keys in a template. */
function namespaceOf(node: ts.Node, keys: Keys): string | undefined {
  const written = ts.isTemplateExpression(node) ? node.head.text : undefined;
  const isKey =
    written === undefined
      ? ts.isStringLiteralLike(node) && keys.includes(node.text)
      : written.includes('.') && keys.some((key) => key.startsWith(written));
  return isKey ? /^[^.]+/.exec(written ?? node.getText().slice(1))?.[0] : undefined;
}

function importedBy(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    return relative(node.moduleSpecifier);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
    return relative(node.arguments[0]);
  return undefined;
}

function relative(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) && node.text.startsWith('.') ? node.text : undefined;
}

function resolved(from: string, target: string): string {
  return posix.join(posix.dirname(from), target).replace(/\.js$/, '');
}

function isLoader({ expression }: ts.CallExpression): boolean {
  return ts.isIdentifier(expression) && LOADERS.has(expression.text);
}

/** `language.need('core')` */
function isNeed(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'need'
  );
}

function wordsAmong(nodes: readonly ts.Node[]): string[] {
  return nodes.filter(ts.isStringLiteralLike).map(({ text }) => text);
}
