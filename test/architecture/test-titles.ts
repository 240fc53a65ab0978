import ts from 'typescript';
import { read } from './sources.js';

/**
 * The titles of a file's tests and describes as Jest prints them, so `%s` stays `%s`: each by itself, and behind those of the
 * describes around it.
 */
export function testTitles(file: string): Set<string> {
  const titles = new Set<string>();
  const visit = (node: ts.Node, around: string[]): void => {
    const title = ts.isCallExpression(node) ? titleOf(node) : undefined;
    const path = title === undefined ? around : [...around, title];
    if (title !== undefined) for (const start of path.keys()) titles.add(path.slice(start).join(' '));
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true), []);
  return titles;
}

const DECLARES = /^(?:describe|test|it)(?:\.(?:each|concurrent))*$/;

/** Of `test('title', …)` and `test.each(rows)('title', …)`. */
function titleOf(call: ts.CallExpression): string | undefined {
  const callee = ts.isCallExpression(call.expression) ? call.expression.expression : call.expression;
  const [title] = call.arguments;
  return DECLARES.test(callee.getText()) && title && ts.isStringLiteralLike(title) ? title.text : undefined;
}
