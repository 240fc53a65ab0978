import { fieldsOf } from '../../../../../client/failure.js';
import { useOwnList } from '../../../data/own-stored.js';
import { t } from '../../../i18n/translate.js';

const SHARED = ['hello', 'moment', 'receipt', 'refund', 'call', 'thanks', 'done'] as const;

export interface CannedReply {
  readonly name: string;
  readonly text: string;
}

interface CannedReplies {
  /** One's own first; they may replace one of the house by its name. */
  readonly replies: readonly CannedReply[];
  readonly isOwn: (name: string) => boolean;
  readonly save: (reply: CannedReply) => void;
  readonly remove: (name: string) => void;
}

/** Sentences that are often needed: those of the house, and those this person keeps in this browser. */
export function useCannedReplies(): CannedReplies {
  const [own, change] = useOwnList('replies', isReply);
  const isOwn = (name: string): boolean => own.some((reply) => reply.name === name);
  const shared = SHARED.map((name) => ({
    name: t(`ticket.canned.${name}.name`),
    text: t(`ticket.canned.${name}.text`),
  }));
  return {
    replies: [...own, ...shared.filter(({ name }) => !isOwn(name))],
    isOwn,
    save: (reply) => change((list) => [...without(list, reply.name), reply]),
    remove: (name) => change((list) => without(list, name)),
  };
}

function without(list: readonly CannedReply[], name: string): CannedReply[] {
  return list.filter((reply) => reply.name !== name);
}

function isReply(value: unknown): value is CannedReply {
  const { name, text } = fieldsOf(value);
  return typeof name === 'string' && typeof text === 'string';
}
