/**
 * The catalogues of web/i18n when a face is built: messages in ICU MessageFormat become what web/i18n/format.ts fills.
 * https://unicode-org.github.io/icu/userguide/format_parse/messages/
 */
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import type { Plugin } from 'vite';
import type { Message } from './i18n/format.js';

const CATALOGUE = /\/web\/i18n\/[a-z]{2}\/[\w/-]+\.json$/;

/** Compiles each catalogue that a face imports. */
export function catalogues(): Plugin {
  return {
    name: 'catalogues',
    enforce: 'pre',
    transform(code, id) {
      if (!CATALOGUE.test(id)) return null;
      const texts = JSON.parse(code) as Readonly<Record<string, string>>;
      const messages = Object.entries(texts).map(([key, text]) => [key, compileMessage(text)]);
      return { code: JSON.stringify(Object.fromEntries(messages)), map: null };
    },
  };
}

/** One message, with choices at its outside and whole sentences in them. Throws at what format.ts cannot fill. */
export function compileMessage(text: string): Message {
  return compile(named(parse(text, { ignoreTag: true })), text);
}

/** Each `#` as the number it stands for: outside of its plural nothing else would tell. */
function named(elements: readonly MessageFormatElement[], counted = ''): MessageFormatElement[] {
  return elements.map((element) => {
    if (element.type === TYPE.pound) return { type: TYPE.number, value: counted };
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return element;
    const count = element.type === TYPE.plural ? element.value : counted;
    const options = Object.entries(element.options).map(([name, { value }]) => [
      name,
      { value: named(value, count) },
    ]);
    return { ...element, options: Object.fromEntries(options) as typeof element.options };
  });
}

function compile(elements: readonly MessageFormatElement[], text: string): Message {
  const at = elements.findIndex(({ type }) => type === TYPE.plural || type === TYPE.select);
  const choice = elements[at];
  if (choice?.type !== TYPE.plural && choice?.type !== TYPE.select)
    return elements.map((element) => templateOf(element, text)).join('');
  const compiled = Object.entries(choice.options).map(([name, { value }]) => [
    name,
    compile([...elements.slice(0, at), ...value, ...elements.slice(at + 1)], text),
  ]);
  const forms = Object.fromEntries(compiled) as Record<string, Message>;
  return choice.type === TYPE.plural ? { plural: choice.value, forms } : { select: choice.value, forms };
}

function templateOf(element: MessageFormatElement, text: string): string {
  if (element.type === TYPE.literal) {
    if (/[{}]/.test(element.value)) throw new Error(`Braces are for arguments only: ${text}`);
    return element.value;
  }
  if (element.type === TYPE.argument) return `{${element.value}}`;
  if (element.type === TYPE.number && !element.style) return `{${element.value}}`;
  throw new Error(`Only arguments, numbers, plural and select can be compiled: ${text}`);
}
