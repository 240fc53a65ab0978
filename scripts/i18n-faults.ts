/** What can be wrong with the catalogues of web/i18n, and with how the sources use them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import ts from 'typescript';
import { LOCALES, type Locale } from '../src/contract/locales.js';
import { compileMessage } from '../web/catalogues.js';

type Texts = Readonly<Record<string, string>>;

/** One part of one face: its texts in each language that has the file. */
export interface Catalogue {
  /** Such as `dashboard/core`. */
  readonly name: string;
  readonly texts: Readonly<Partial<Record<Locale, Texts>>>;
}

/** Longer texts that are the same in two languages are most likely not translated. */
const SAME_BY_CHANCE = 18;

export function readCatalogues(folder: string): Catalogue[] {
  const names = new Set(
    LOCALES.flatMap((locale) =>
      readdirSync(join(folder, locale), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.json'))
        .map((file) => file.replace(/\.json$/, '').replaceAll('\\', '/')),
    ),
  );
  return [...names].sort().map((name) => ({ name, texts: textsOf(folder, name) }));
}

function textsOf(folder: string, name: string): Catalogue['texts'] {
  const found = LOCALES.flatMap((locale) => {
    const file = readdirSync(join(folder, locale, name, '..')).find(
      (one) => one === `${name.split('/').pop()}.json`,
    );
    if (file === undefined) return [];
    return [[locale, JSON.parse(readFileSync(join(folder, locale, `${name}.json`), 'utf8'))]];
  });
  return Object.fromEntries(found) as Catalogue['texts'];
}

/** Missing languages and keys, texts that cannot be compiled, arguments that differ, plural forms that a language lacks. */
export function catalogueFaults({ name, texts }: Catalogue): string[] {
  const { en: english = {} } = texts;
  return LOCALES.flatMap((locale) => {
    const own = texts[locale];
    if (own === undefined) return [`${name}: no catalogue in ${locale}`];
    const missing = Object.keys(english).filter((key) => !(key in own));
    const extra = Object.keys(own).filter((key) => !(key in english));
    return [
      ...missing.map((key) => `${name}: ${key} is missing in ${locale}`),
      ...extra.map((key) => `${name}: ${key} exists in ${locale} but not in en`),
      ...Object.entries(own).flatMap(([key, text]) =>
        textFaults(locale, text, english[key] ?? text).map(
          (fault) => `${name}: ${key} in ${locale} ${fault}`,
        ),
      ),
    ];
  });
}

function textFaults(locale: Locale, text: string, english: string): string[] {
  if (text.trim() !== text || text === '') return ['is empty or has blanks at its ends'];
  let elements: MessageFormatElement[];
  try {
    compileMessage(text);
    elements = parse(text, { ignoreTag: true });
  } catch (error) {
    return [`cannot be compiled: ${String(error)}`];
  }
  const wanted = argumentsOf(english).join(', ');
  const given = argumentsOf(text).join(', ');
  return [
    ...(wanted === given ? [] : [`has the arguments (${given}) instead of (${wanted})`]),
    ...(locale !== 'en' && text === english && wordsOf(text).length > SAME_BY_CHANCE
      ? ['is not translated']
      : []),
    ...pluralFaults(locale, elements),
  ];
}

/** Without arguments, which are the same in every language. */
function wordsOf(text: string): string {
  return text.replace(/\{[^{}]*\}/g, '');
}

/** `name` and `count: number`, sorted; a plural's count is a number. */
export function argumentsOf(text: string): string[] {
  const found = new Set<string>();
  const look = (elements: readonly MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.argument) found.add(element.value);
      if (element.type === TYPE.number || element.type === TYPE.plural) found.add(`${element.value}: number`);
      if (element.type === TYPE.select) found.add(`${element.value}: word`);
      if ('options' in element) for (const { value } of Object.values(element.options)) look(value);
    }
  };
  look(parse(text, { ignoreTag: true }));
  return [...found].sort();
}

/** Each category of the language (CLDR), or none but `other` where the count does not change the words. */
function pluralFaults(locale: Locale, elements: readonly MessageFormatElement[]): string[] {
  const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  return elements.flatMap((element) => {
    if (!('options' in element)) return [];
    const inside = Object.values(element.options).flatMap(({ value }) => pluralFaults(locale, value));
    if (element.type !== TYPE.plural) return inside;
    const given = Object.keys(element.options).filter((form) => !form.startsWith('='));
    const missing = categories.filter((category) => !given.includes(category));
    const unknown = given.filter((form) => !categories.some((category) => category === form));
    return [
      ...inside,
      ...(given.length > 1 && missing.length > 0 ? [`lacks the plural forms ${missing.join(', ')}`] : []),
      ...unknown.map((form) => `has the plural form ${form}, which the language does not know`),
    ];
  });
}

/** How the sources of a face name messages. */
export interface Usage {
  readonly literals: ReadonlySet<string>;
  /** Keys with a part that is known only when they are used. */
  readonly patterns: readonly RegExp[];
  /** Calls with a whole key and the names of the values. */
  readonly calls: readonly {
    readonly key: string;
    readonly values: readonly string[];
    readonly where: string;
  }[];
}

const TRANSLATE = new Set(['t', 'tc', 'slotted']);

/** `sources`: their texts, by path. */
export function usageIn(sources: Readonly<Record<string, string>>): Usage {
  const literals = new Set<string>();
  const patterns: RegExp[] = [];
  const calls: Usage['calls'][number][] = [];
  const look = (node: ts.Node, where: string): void => {
    if (ts.isStringLiteralLike(node)) literals.add(node.text);
    if (ts.isPropertyAccessExpression(node)) literals.add(node.name.text);
    if (ts.isBindingElement(node)) literals.add((node.propertyName ?? node.name).getText());
    if (ts.isTemplateExpression(node)) patterns.push(patternOf(node));
    if (ts.isCallExpression(node)) calls.push(...callsOf(node, where));
    ts.forEachChild(node, (child) => look(child, where));
  };
  for (const [path, code] of Object.entries(sources))
    look(ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX), path);
  return { literals, patterns, calls };
}

function patternOf({ head, templateSpans }: ts.TemplateExpression): RegExp {
  const parts = [head.text, ...templateSpans.map(({ literal }) => literal.text)];
  // A template without a word of its own would stand for every key.
  if (!parts.some((part) => /\w\.|\.\w/.test(part))) return /^(?!)/;
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`);
}

function callsOf({ expression, arguments: [key, values] }: ts.CallExpression, where: string): Usage['calls'] {
  if (!ts.isIdentifier(expression) || !TRANSLATE.has(expression.text)) return [];
  if (key === undefined || !ts.isStringLiteralLike(key)) return [];
  if (values === undefined) return [{ key: key.text, values: [], where }];
  if (!ts.isObjectLiteralExpression(values) || !values.properties.every(({ name }) => name)) return [];
  return [{ key: key.text, values: values.properties.map(({ name }) => name?.getText() ?? ''), where }];
}

/** Keys that no source names, and calls whose values are not the message's arguments. `keyOf`: how sources write a key. */
export function usageFaults(
  { name, texts: { en: english = {} } }: Catalogue,
  { literals, patterns, calls }: Usage,
  keyOf: (key: string) => string,
): string[] {
  const unused = Object.keys(english).filter((key) => {
    const written = keyOf(key);
    return !literals.has(written) && !patterns.some((pattern) => pattern.test(written));
  });
  const wrong = Object.entries(english).flatMap(([key, text]) => {
    const wanted = argumentsOf(text).map((one) => one.replace(/:.*/, ''));
    return calls
      .filter((call) => call.key === keyOf(key) && [...call.values].sort().join() !== wanted.join())
      .map(
        ({ values, where }) =>
          `${where}: ${name} ${key} needs (${wanted.join(', ')}) and gets (${values.join(', ')})`,
      );
  });
  return [...unused.map((key) => `${name}: nothing uses ${key}`), ...wrong];
}
