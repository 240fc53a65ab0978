import { chooseForm, formatMessage, slotsOf, type Message, type Values } from '../../../i18n/format.js';
import { isolated } from '../../../shared/locale.js';
import type { MessageKey } from './catalogues.js';
import { language } from './language.js';

/** The message in the language of the page. Texts among the values keep their own direction. */
export function t(key: MessageKey, values: Values = {}): string {
  const direction = language.direction();
  return formatMessage(messageOf(key), values, language.region(), (text) => isolated(text, direction));
}

/** The message with something else than text in its slots, such as elements: in the order that the language wants. */
export function slotted<Node>(key: MessageKey, nodes: Readonly<Record<string, Node>>): (string | Node)[] {
  return slotsOf(chooseForm(messageOf(key), {}, language.region())).map((piece, index) =>
    index % 2 === 0 ? piece : (nodes[piece] ?? ''),
  );
}

function messageOf(key: MessageKey): Message {
  const dot = key.indexOf('.');
  return language.message(key.slice(0, dot), key.slice(dot + 1));
}
