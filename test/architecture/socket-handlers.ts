import ts from 'typescript';

const LISTENERS = new Set([
  ...['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'],
  ...['onAny', 'prependAny', 'use'],
]);
/** What the receiver of a client's events is called. */
const SOCKETS = new Set(['socket', 'client']);
/** Facts about a connection, which no client sends as an event. */
const LIFE_CYCLE = new Set(['disconnect', 'disconnecting', 'error', 'close']);

/** A method that Nest calls for an event, and what is wrong with it. */
export interface Subscription {
  event: string;
  faults: string[];
}

/** The calls in a source text that listen to what clients send, as `line: receiver.on(first argument)`. */
export function socketListeners(file: string, text: string, events: ReadonlySet<string>): string[] {
  const source = parse(file, text);
  return all(source, ts.isCallExpression)
    .filter((call) => listensToClients(call, events))
    .map((call) => {
      const { line } = source.getLineAndCharacterOfPosition(call.getStart());
      return `${line + 1}: ${call.expression.getText()}(${call.arguments[0]?.getText() ?? ''})`;
    });
}

/** The events that the gateways of a source text subscribe to. */
export function subscriptions(file: string, text: string): Subscription[] {
  return all(parse(file, text), ts.isMethodDeclaration).flatMap((method) => {
    const [event] = decorator(method, 'SubscribeMessage')?.arguments ?? [];
    if (event === undefined) return [];
    return [{ event: ts.isStringLiteral(event) ? event.text : event.getText(), faults: faultsOf(method) }];
  });
}

/** The names of an interface's members. */
export function membersOf(file: string, text: string, name: string): string[] {
  const found = all(parse(file, text), ts.isInterfaceDeclaration).filter((one) => one.name.text === name);
  return found.flatMap(({ members }) => members.map((member) => nameOf(member.name)));
}

function faultsOf(method: ts.MethodDeclaration): string[] {
  const marks: [ts.Node, string][] = [
    [method, 'EventRules'],
    [method.parent, 'WebSocketGateway'],
    [method.parent, 'UseSocketPipeline'],
  ];
  return marks
    .filter(([node, mark]) => decorator(node, mark) === undefined)
    .map(([, mark]) => `lacks @${mark}`);
}

function listensToClients(
  { expression, arguments: [event] }: ts.CallExpression,
  events: ReadonlySet<string>,
): boolean {
  if (!ts.isPropertyAccessExpression(expression) || !LISTENERS.has(expression.name.text)) return false;
  const name = event !== undefined && ts.isStringLiteral(event) ? event.text : undefined;
  if (name !== undefined && events.has(name)) return true;
  return SOCKETS.has(lastName(expression.expression)) && (name === undefined || !LIFE_CYCLE.has(name));
}

function lastName(receiver: ts.Expression): string {
  return ts.isPropertyAccessExpression(receiver) ? receiver.name.text : receiver.getText();
}

function decorator(node: ts.Node, name: string): ts.CallExpression | undefined {
  const found = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return found
    .map(({ expression }) => expression)
    .filter(ts.isCallExpression)
    .find(({ expression }) => expression.getText() === name);
}

function nameOf(name: ts.PropertyName | undefined): string {
  return name !== undefined && ts.isStringLiteral(name) ? name.text : (name?.getText() ?? '');
}

function all<N extends ts.Node>(root: ts.Node, is: (node: ts.Node) => node is N): N[] {
  const found: N[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}
