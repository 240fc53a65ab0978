import type { OutboxEntry } from '../../client/live/outbox-store.js';
import type { Conversation, ConversationState } from '../src/chat/desk/conversation.js';
import type { Entry, OpenCall, Thread } from '../src/chat/data/thread.js';

const AT = '2026-01-02T13:04:05.000Z';
const ADA = { name: 'Ada', avatar: null };
const DORA = { name: 'Dora', avatar: null };

type Said = Partial<Pick<Extract<Entry, { kind: 'message' }>, 'edited' | 'deleted'>>;

function message(seq: number, own: boolean, text: string, said: Said = {}): Entry {
  return {
    kind: 'message',
    id: `message-${seq}`,
    seq,
    own,
    author: own ? DORA : ADA,
    text,
    at: AT,
    edited: false,
    deleted: false,
    ...said,
  };
}

/** A ticket with a line of each kind. */
export const thread: Thread = {
  ticketId: 'ticket',
  number: 'TKT-20260102-00001',
  status: 'pending',
  category: null,
  description: 'Where is my receipt?',
  createdAt: AT,
  admin: ADA,
  call: undefined,
  request: undefined,
  missed: undefined,
  callback: undefined,
  rating: null,
  ratingComment: null,
  readUpTo: 2,
  entries: [
    { kind: 'notice', id: 'notice', key: 'ticket.assigned', params: { name: 'Ada' }, at: AT },
    message(2, true, 'I gave in March.'),
    message(3, false, 'Thank you!\nأرسلتُه مرة أخرى.', { edited: true }),
    message(4, false, '', { deleted: true }),
    message(5, true, `It has arrived. ${'x'.repeat(80)}`),
  ],
};

export const call: OpenCall = { id: 'call', video: true, ringing: true, begun: false };

/** What is not sent yet, and what could not be sent. */
export const outbox: readonly OutboxEntry[] = [
  { clientMessageId: 'sending', content: 'One more thing', createdAt: AT, state: 'sending' },
  { clientMessageId: 'failed', content: 'And another', createdAt: AT, state: 'failed', retryable: true },
];

/** A conversation in which all is well, but for what is given. */
export function state(change: Partial<ConversationState>): ConversationState {
  return { thread, outbox: [], stream: 'live', loaded: true, ...change };
}

type Verbs = 'discard' | 'draft' | 'rate' | 'resume' | 'retry' | 'seenBefore' | 'send' | 'typing';

/** Takes what specimens do, and does nothing with it. */
export const conversation: Pick<Conversation, Verbs> = {
  draft: '',
  seenBefore: 0,
  discard: () => undefined,
  rate: () => Promise.resolve(true),
  resume: () => undefined,
  retry: () => undefined,
  send: () => undefined,
  typing: () => undefined,
};
