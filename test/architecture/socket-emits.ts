import ts from 'typescript';

const EMITTERS = new Set(['emit', 'emitWithAck', 'serverSideEmit', 'serverSideEmitWithAck']);
/** Answers to the one socket that asked, not facts about a ticket. */
const ANSWERS = new Set(['error', 'exception']);

/** The calls in a source text that push an event to sockets, as `line: receiver.emit(first argument)`. */
export function socketEmits(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isEmit(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${line + 1}: ${node.expression.getText()}(${node.arguments[0]?.getText() ?? ''})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isEmit({ expression, arguments: [event] }: ts.CallExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !EMITTERS.has(expression.name.text)) return false;
  return event === undefined || !ts.isStringLiteral(event) || !ANSWERS.has(event.text);
}
