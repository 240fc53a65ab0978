/** Text that people see stands in the catalogues of web/i18n, in five languages; JSX holds none. */
const MESSAGE = 'People see this: put it into the catalogues of web/i18n and take t().';
const WORDS = '/\\p{L}/u';
/** Attributes that are shown or read aloud. */
const SHOWN =
  '/^(aria-(label|description|roledescription|valuetext|placeholder)|alt|closeButtonLabel|description|error|' +
  'label|placeholder|text|title|tooltip)$/';
/** Properties of what notices are called with. */
const TOLD = '/^(title|message|body)$/';

const inAttribute = `JSXAttribute[name.name=${SHOWN}]`;
const inNotice = `CallExpression[callee.object.name="notifications"] Property[key.name=${TOLD}]`;

export const visibleText = [
  `JSXText[value=${WORDS}]`,
  ...[
    'Literal',
    'JSXExpressionContainer > Literal',
    'ConditionalExpression > Literal',
    'LogicalExpression > Literal',
  ].map((literal) => `${inAttribute} > ${literal}[value=${WORDS}]`),
  `${inAttribute} > JSXExpressionContainer > ConditionalExpression > Literal[value=${WORDS}]`,
  `${inAttribute} > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${WORDS}]`,
  ...[
    'Literal',
    'ConditionalExpression > Literal.consequent',
    'ConditionalExpression > Literal.alternate',
    'LogicalExpression > Literal',
  ].map(
    (literal) => `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > ${literal}[value=${WORDS}]`,
  ),
  `:matches(JSXElement, JSXFragment) > JSXExpressionContainer > TemplateLiteral > TemplateElement[value.raw=${WORDS}]`,
  `${inNotice} > Literal[value=${WORDS}]`,
  `${inNotice} > TemplateLiteral > TemplateElement[value.raw=${WORDS}]`,
].map((selector) => ({ selector, message: MESSAGE }));
