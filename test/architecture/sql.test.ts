import ts from 'typescript';
import { describe, expect, it } from '@jest/globals';
import { read, sourceFiles } from './sources.js';

/** Made of words of src/contract, which no request can add to; each was looked at. */
const REVIEWED = new Set([
  'Prisma.raw(`CASE WHEN t.admin_id = s.id THEN ${caseOf(AFTER_OWNER_MESSAGE)} ELSE ${caseOf(AFTER_STAFF_MESSAGE)} END`)',
  "Prisma.raw(`'${name}'`)",
  "Prisma.raw(`'${status}'`)",
  'Prisma.raw(`t.${column}`)',
  // `selected`: the columns of a table, which a file of columns lists.
  "Prisma.raw(list.join(', '))",
]);

/** Texts of raw SQL that come from anywhere but a literal or a constant; Prisma's unsafe methods at all. */
function looseSql(text: string): string[] {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true);
  const constants = new Set<string>();
  const loose: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportSpecifier(node) && /^[A-Z_]+$/.test(node.name.text)) constants.add(node.name.text);
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      ts.isSourceFile(node.parent.parent.parent)
    )
      constants.add(node.name.text);
    if (ts.isPropertyAccessExpression(node) && node.name.text.endsWith('RawUnsafe'))
      loose.push(node.getText());
    if (ts.isCallExpression(node) && node.expression.getText() === 'Prisma.raw')
      if (!node.arguments.every((argument) => isConstant(argument, constants))) loose.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return loose;
}

function isConstant(node: ts.Expression, constants: Set<string>): boolean {
  if (ts.isStringLiteralLike(node)) return true;
  if (ts.isIdentifier(node)) return constants.has(node.text);
  // A word of a table.
  if (ts.isElementAccessExpression(node)) return isConstant(node.expression, constants);
  if (ts.isTemplateExpression(node))
    return node.templateSpans.every(({ expression }) => isConstant(expression, constants));
  // Whatever decides: what is chosen is a constant.
  if (ts.isConditionalExpression(node))
    return isConstant(node.whenTrue, constants) && isConstant(node.whenFalse, constants);
  return false;
}

describe('raw SQL', () => {
  it.each([
    ['db.$queryRawUnsafe(text)', 1],
    ['Prisma.raw(text)', 1],
    ['const f = (column: string) => Prisma.raw(`"${column}"`);', 1],
    ["const SEQ = 'seq'; Prisma.raw(`t.${SEQ}`)", 0],
    ['const COLUMNS = {}; Prisma.raw(COLUMNS[sort])', 0],
    ["Prisma.raw(isDonor ? 'public_seq' : 'seq')", 0],
    ['Prisma.sql`SELECT ${text}`', 0],
  ])('is read in %s', (text, count) => {
    expect(looseSql(text)).toHaveLength(count);
  });

  it('is never made of what a request holds', () => {
    const found = sourceFiles('src', ['.ts']).flatMap((file) =>
      looseSql(read(file)).map((text) => ({
        file,
        text: text.replace(/\(\s+/, '(').replace(/,?\s+\)$/, ')'),
      })),
    );
    expect(found.filter(({ text }) => !REVIEWED.has(text))).toEqual([]);
  });
});
