import { describe, expect, test } from '@jest/globals';
import { TICKET_EVENT_TYPES } from '../../contract/ticket-events.js';
import { toEventPayload } from './event-payload.js';
import type { TicketEvent } from './ticket-event.js';

const AT = new Date('2026-11-20T10:00:00.000Z');
const ADMIN = { type: 'admin', id: '7', name: 'Ada', avatar: null } as const;

function event(fields: Partial<TicketEvent>): TicketEvent {
  return {
    ...{ ticketId: 't', seq: 5, publicSeq: 3, type: 'ticket.updated', at: AT, actor: ADMIN },
    ...{ data: {}, callId: null, message: null },
    ...fields,
  };
}

describe('what a donor reads of an event', () => {
  test('has the place of the donor’s own stream; staff’s has theirs', () => {
    const moved = event({ type: 'ticket.status_changed', data: { from: 'new', to: 'pending' } });
    const shape = {
      ticketId: 't',
      type: moved.type,
      at: AT.toISOString(),
      actor: ADMIN,
      from: 'new',
      to: 'pending',
    };
    expect(toEventPayload(moved, 'donor')).toEqual({ ...shape, seq: 3 });
    expect(toEventPayload(moved, 'staff')).toEqual({ ...shape, seq: 5 });
  });

  test('is nothing where the event has no public place', () => {
    expect(toEventPayload(event({ publicSeq: null }), 'donor')).toBeNull();
  });

  test('holds no fact that is not listed for its type', () => {
    const data = {
      changes: { subject: 'x', tags: ['vip'] },
      secret: 'x',
      notes: 'x',
      by: 1,
      reason: 'x',
      scores: [1],
    };
    for (const type of TICKET_EVENT_TYPES) {
      const payload = toEventPayload(event({ type, data }), 'donor')!;
      const {
        ticketId: _id,
        seq: _seq,
        type: _type,
        at: _at,
        actor: _actor,
        changes,
        upToSeq: _upTo,
        ...rest
      } = payload;
      expect({ type, rest }).toEqual({ type, rest: {} });
      if (type === 'ticket.updated') expect(changes).toEqual({ subject: 'x' });
      else expect(changes).toBeUndefined();
    }
  });

  test('knows staff by name and picture', () => {
    const admin = { id: 7, name: 'Ada', username: 'ada', avatar: null, email: 'ada@staff.test' };
    const payload = toEventPayload(
      event({ type: 'ticket.assigned', data: { from: null, to: 7, admin } }),
      'donor',
    );
    expect(payload).toMatchObject({ admin: { name: 'Ada', avatar: null } });
    expect(JSON.stringify(payload)).not.toMatch(/username|staff\.test|"to"/);
  });

  test('counts what was read in the donor’s places', () => {
    const read = event({
      type: 'messages.read',
      data: { senderType: 'donor', upToSeq: 9, upToPublicSeq: 4, readAt: AT.toISOString() },
    });
    expect(toEventPayload(read, 'donor')).toMatchObject({ upToSeq: 4 });
    expect(toEventPayload(read, 'staff')).toMatchObject({ upToSeq: 9 });
  });
});
