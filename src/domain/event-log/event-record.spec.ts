import { describe, expect, test } from '@jest/globals';
import { fromDraft, fromRecord, toRecord, type LoggedFacts } from './event-record.js';
import { fromStoredMessage, type StoredMessageJson } from './message-payload.js';
import type { NewMessage } from './rows.js';
import type { EventPlace, TicketEventDraft } from './ticket-event.js';

const AT = new Date('2026-11-20T10:00:00.000Z');
const PLACE: EventPlace = {
  ...{ ticketId: 't', seq: 5, publicSeq: 3, at: AT },
  actor: { type: 'donor', id: 'd' },
};
const NEW: NewMessage = {
  ...{ id: 'm', senderId: 'd', senderType: 'donor', senderName: 'Dora', content: 'Hello' },
  ...{ messageType: 'text', clientMessageId: 'c1', channel: 'widget' },
};
const STORED: StoredMessageJson = {
  ...{ id: 'm', ticket_id: 't', seq: 5, public_seq: 3, sender_id: 'd', sender_type: 'donor' },
  ...{ sender_name: 'Dora', content: 'Hello', message_type: 'text', client_message_id: 'c1', is_read: false },
  ...{ read_at: null, edited_at: null, deleted_at: null, channel: 'widget', external_id: null },
  ...{ system_key: null, system_params: null },
  ...{ created_at: '2026-11-20T10:00:00.000+00:00', updated_at: '2026-11-20T10:00:00.000+00:00' },
};
const STARTED = { callType: 'audio', initiatedBy: 'donor', startedAt: AT.toISOString() } as const;

describe('the record of an event', () => {
  test('keeps the call and the message in columns, the rest as JSON', () => {
    const started = toRecord({ type: 'call.started', public: true, data: { callId: 'c', ...STARTED } });
    expect(started).toEqual({
      facts: { type: 'call.started', data: STARTED },
      ...{ messageId: null, callId: 'c' },
    });
    const posted = toRecord({ type: 'message.posted', public: true, data: { message: NEW } });
    expect(posted).toEqual({ facts: { type: 'message.posted', data: {} }, messageId: 'm', callId: null });
  });

  test.each<[string, TicketEventDraft, Partial<LoggedFacts>]>([
    [
      'a change of status',
      { type: 'ticket.status_changed', public: true, data: { from: 'new', to: 'pending' } },
      {},
    ],
    ['a call', { type: 'call.started', public: true, data: { callId: 'c', ...STARTED } }, { callId: 'c' }],
    [
      'a request whose words are called message',
      {
        type: 'call.requested',
        public: true,
        data: { requestId: 'r', mode: 'audio', message: 'please', expiresAt: AT.toISOString() },
      },
      {},
    ],
    ['a message', { type: 'message.posted', public: true, data: { message: NEW } }, { message: STORED }],
  ])('read back is the event that was written: %s', (_title, draft, columns) => {
    const row = { ...toRecord(draft).facts, callId: null, message: null, ...columns } as LoggedFacts;
    const posted = draft.type === 'message.posted' ? fromStoredMessage(STORED) : undefined;
    expect(fromRecord(PLACE, row)).toEqual(fromDraft(PLACE, draft, posted));
  });

  test('of a message that is gone is refused', () => {
    const row: LoggedFacts = { type: 'message.posted', data: {}, callId: null, message: null };
    expect(() => fromRecord(PLACE, row)).toThrow('event 5 of ticket t has lost its message');
  });
});
