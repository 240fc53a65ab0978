import { describe, expect, it } from '@jest/globals';
import type { TicketEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { TicketEventType } from '../../../../../src/contract/events/event-types.js';
import type { Shape } from '../../../../client/rest/client.js';
import { follow, startThread, threadFrom, type Thread, type Ticket } from './thread.js';

const TICKET = {
  id: 't1',
  number: 'TKT-1',
  donorId: 'd1',
  status: 'new',
  category: null,
  description: 'Help',
  createdAt: '2026-11-20T10:00:00.000Z',
  rating: null,
  ratingComment: null,
} as Ticket;

/** An event without its place. Of its data a test says what the thread shows. */
type Happening = [TicketEventType, object?];

/** The thread after these events, numbered from 1. */
function after(...events: Happening[]): Thread {
  const payloads = events.map(([type, fields], index) => ({
    ticketId: 't1',
    seq: index + 1,
    type,
    at: '2026-11-20T10:00:00.000Z',
    actor: { type: 'donor', id: 'd1' },
    ...fields,
  }));
  return follow(startThread(TICKET), payloads as TicketEventPayload[]);
}

const message = (id: string, fields: object = {}): Happening => [
  'message.posted',
  { id, senderType: 'admin', messageType: 'text', content: `text of ${id}`, author_name: 'Ada', ...fields },
];

const dueAt = '2026-11-20T10:30:00.000Z';

describe('a thread', () => {
  it('shows messages of both sides, and leaves system messages to the events they tell of', () => {
    const { entries } = after(
      message('a'),
      message('b', { senderType: 'donor' }),
      message('c', { messageType: 'system' }),
    );
    expect(entries).toMatchObject([
      { id: 'a', seq: 1, own: false, author: { name: 'Ada' } },
      { id: 'b', seq: 2, own: true },
    ]);
  });

  it('edits and deletes in place, keeping the place of the message', () => {
    const { entries } = after(
      message('a'),
      message('b'),
      ['message.edited', { id: 'a', senderType: 'admin', content: 'better', editedAt: 'now' }],
      ['message.deleted', { id: 'b', senderType: 'admin', content: '', deletedAt: 'now' }],
    );
    expect(entries).toMatchObject([
      { id: 'a', seq: 1, text: 'better', edited: true, author: { name: 'Ada' } },
      { id: 'b', seq: 2, text: '', deleted: true },
    ]);
  });

  it('counts only what staff have read', () => {
    const read = (senderType: string, upToSeq: number): Happening => [
      'messages.read',
      { senderType, upToSeq },
    ];
    expect(after(read('donor', 4), read('admin', 9), read('donor', 2)).readUpTo).toBe(4);
  });

  it('tells endings and beginnings apart', () => {
    const change = (from: string, to: string): Happening => ['ticket.status_changed', { from, to }];
    const thread = after(
      change('new', 'pending'),
      change('pending', 'resolved'),
      change('resolved', 'pending'),
      change('pending', 'cancelled'),
    );
    expect(thread.status).toBe('cancelled');
    expect(thread.entries).toMatchObject([
      { key: 'ticket.resolved' },
      { key: 'ticket.reopened' },
      { key: 'ticket.cancelled' },
    ]);
  });

  it('follows a call from the wish to its end', () => {
    const asked: Happening = [
      'call.requested',
      { requestId: 'r1', mode: 'video', expiresAt: '2026-11-20T10:02:00.000Z' },
    ];
    const admin = { actor: { type: 'admin', id: '1', name: 'Ada' } };
    const started: Happening = [
      'call.started',
      { callId: 'c1', callType: 'video', initiatedBy: 'donor', ...admin },
    ];
    expect(after(asked).request).toEqual({
      id: 'r1',
      video: true,
      expiresAt: Date.parse('2026-11-20T10:02:00Z'),
    });
    const missed: Happening = ['call.expired', { mode: 'video', callbackDueAt: dueAt }];
    expect(after(asked, missed)).toMatchObject({
      request: undefined,
      missed: { video: true, rejected: false },
      callback: { dueAt, phone: null },
    });
    expect(after(asked, missed, asked)).toMatchObject({ missed: undefined, callback: undefined });
    expect(after(asked, missed, started)).toMatchObject({ missed: undefined, callback: undefined });
    expect(after(asked, ['call.expired', { mode: 'video' }])).toMatchObject({
      request: undefined,
      missed: undefined,
      callback: undefined,
    });
    expect(after(asked, ['call.accepted'], started)).toMatchObject({
      request: undefined,
      missed: undefined,
      call: { id: 'c1', video: true, ringing: true },
    });
    expect(after(started, ['call.ended']).call).toBeUndefined();
  });

  it('rings for a call of the donor’s own once staff have joined it', () => {
    const own: Happening = ['call.started', { callId: 'c1', callType: 'audio', initiatedBy: 'donor' }];
    expect(after(own, ['call.joined', { role: 'donor' }]).call?.ringing).toBe(false);
    expect(after(own, ['call.joined', { role: 'admin' }]).call?.ringing).toBe(true);
  });

  it('rings when a request for a call of the donor’s own is accepted', () => {
    const own: Happening = ['call.started', { callId: 'c1', callType: 'audio', initiatedBy: 'donor' }];
    expect(after(own, ['call.requested'], ['call.accepted']).call?.ringing).toBe(true);
  });

  it('tells of a call that the donor opened when somebody comes into it, and of its end only then', () => {
    const own: Happening = ['call.started', { callId: 'c1', callType: 'audio', initiatedBy: 'donor' }];
    const asked: Happening = ['call.requested', { requestId: 'r1', mode: 'audio', expiresAt: dueAt }];
    const notices = (...happened: Happening[]) =>
      after(own, asked, ...happened).entries.flatMap((entry) => (entry.kind === 'notice' ? [entry.key] : []));
    expect(notices()).toEqual(['call.requested']);
    expect(notices(['call.rejected', { mode: 'audio' }], ['call.ended'])).toEqual([
      'call.requested',
      'call.rejected',
    ]);
    const joined: Happening = ['call.joined', { role: 'admin' }];
    for (const came of [
      [['call.accepted'], joined],
      [joined, joined],
    ] as Happening[][])
      expect(notices(...came, ['call.ended'])).toEqual(['call.requested', 'call.started', 'call.ended']);
  });

  it('knows of a callback until it is done', () => {
    const updated = (changes: object): Happening => ['ticket.updated', { changes }];
    const wanted = updated({ callbackDueAt: '2026-11-20T12:00:00.000Z', callbackPhone: '030 123' });
    expect(after(wanted, updated({ subject: 'x' })).callback).toEqual({
      dueAt: '2026-11-20T12:00:00.000Z',
      phone: '030 123',
    });
    expect(after(wanted, updated({ callbackDueAt: null, callbackPhone: null })).callback).toBeUndefined();
    const line = { messageType: 'system', system: { key: 'callback.requested', params: {} } };
    const { entries } = after(wanted, ['message.posted', line]);
    expect(entries).toMatchObject([{ kind: 'notice', key: 'callback.requested' }]);
    expect(after(wanted, ['ticket.status_changed', { from: 'new', to: 'closed' }]).callback).toBeUndefined();
  });

  it('starts afresh from a snapshot', () => {
    const stored = (id: string, fields: object) =>
      ({
        id,
        seq: 1,
        messageType: 'text',
        content: id,
        author_name: 'Ada',
        ...fields,
      }) as Shape<'DonorMessageResponse'>;
    const system = (id: string, line: object | null) =>
      stored(id, { seq: 6, senderType: 'system', messageType: 'system', system: line });
    const thread = threadFrom(
      { ...TICKET, status: 'pending', admin: { name: 'Ada', avatar: null } },
      [
        stored('a', { seq: 3, senderType: 'donor', isRead: true }),
        stored('b', { seq: 5, senderType: 'donor', isRead: false }),
        system('c', { key: 'ticket.transferred', params: { name: 'Bo' } }),
        system('d', null),
      ],
      [
        {
          id: 'r1',
          status: 'PENDING',
          mode: 'audio',
          expiresAt: TICKET.createdAt,
        } as Shape<'CallRequestResponse'>,
      ],
    );
    expect(thread).toMatchObject({
      status: 'pending',
      admin: { name: 'Ada' },
      readUpTo: 3,
      request: { id: 'r1', video: false },
    });
    expect(thread.entries).toMatchObject([
      { kind: 'message', id: 'a' },
      { kind: 'message', id: 'b' },
      { kind: 'notice', id: 'c', key: 'ticket.transferred', params: { name: 'Bo' } },
      { kind: 'notice', id: 'd', text: 'd' },
    ]);
  });
});
