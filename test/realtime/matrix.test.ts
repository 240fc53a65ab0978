import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ClientEvents } from '../../src/contract/socket-events.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { startCall } from '../factories/call.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { rowsOf } from '../support/ticket-rows.js';
import { bearerOf } from './bearer.js';
import { Crowd, type SocketPerson } from './socket-person.js';

let desk: Desk;
let closedDesk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
  closedDesk = await openDesk({ donorAccess: 'token' });
});
afterEach(() => crowd.leave());
afterAll(async () => {
  await desk.close();
  await closedDesk.close();
});

type Event = keyof ClientEvents;
type Verdict = 'ok' | 'NOT_FOUND' | 'UNAUTHORIZED' | 'FORBIDDEN';

/** What each event about a ticket carries. */
const BODY: Record<Exclude<Event, 'authorize' | 'leave_ticket' | 'call:leave'>, (about: About) => object> = {
  join_ticket: ({ ticketId }) => ({ ticketId }),
  'ticket:typing': ({ ticketId }) => ({ ticketId, isTyping: true }),
  'message:send': ({ ticketId }) => ({ ticketId, content: 'intruder', clientMessageId: randomUUID() }),
  'message:read': ({ ticketId }) => ({ ticketId, upToSeq: 99 }),
  admin_join_ticket_monitor: () => ({}),
  admin_leave_ticket_monitor: () => ({}),
  'ticket:viewing': ({ ticketId }) => ({ ticketId }),
  'call:enter': ({ callId }) => ({ callId, token: 'x' }),
  'call:signal': ({ callId }) => ({ callId, data: { sdp: 'x' } }),
};
interface About {
  ticketId: string;
  callId: string;
}
type Probed = keyof typeof BODY;

const TICKET_EVENTS: Probed[] = ['join_ticket', 'ticket:typing', 'message:send', 'message:read'];
const STAFF_EVENTS: Probed[] = ['admin_join_ticket_monitor', 'ticket:viewing'];
const CALL_EVENTS: Probed[] = ['call:enter', 'call:signal'];

/** Who may do what to a ticket that is not theirs. */
function verdict(who: string, event: Probed): Verdict {
  if (CALL_EVENTS.includes(event)) return 'FORBIDDEN';
  if (event === 'admin_leave_ticket_monitor') return 'ok';
  switch (who) {
    case 'other donor':
    case 'guest with the same donorId':
      return STAFF_EVENTS.includes(event) ? 'FORBIDDEN' : 'NOT_FOUND';
    case 'link':
      // A link that does not say whom it speaks for may read and type, and writes nothing.
      return STAFF_EVENTS.includes(event) || event === 'message:send' ? 'UNAUTHORIZED' : 'ok';
    case 'link where a token is needed':
      return 'UNAUTHORIZED';
    default:
      return 'ok';
  }
}

async function socketOf(who: string, { donorId }: TicketFixture): Promise<SocketPerson> {
  const { app } = desk.server;
  switch (who) {
    case 'other donor':
      return crowd.enter(bearerOf((await createTicket(desk.server)).donor));
    case 'guest with the same donorId':
      return crowd.enter((await createDonorSession(app, { donorId })).token);
    case 'link':
      return crowd.enter();
    case 'link where a token is needed': {
      const person = crowd.knock(undefined, {}, closedDesk.server.url);
      await person.connected();
      return person;
    }
    case 'ADMIN':
      return crowd.enter(bearerOf(desk.colleague));
    default:
      return crowd.enter(bearerOf(desk.boss));
  }
}

const IDENTITIES = [
  'other donor',
  'guest with the same donorId',
  'link',
  'link where a token is needed',
  'ADMIN',
  'SUPER_ADMIN',
];

describe.each(IDENTITIES)('%s, about a ticket of somebody else', (who) => {
  it.each([...TICKET_EVENTS, ...STAFF_EVENTS, ...CALL_EVENTS, 'admin_leave_ticket_monitor' as const])(
    '%s',
    async (event) => {
      const home = who === 'link where a token is needed' ? closedDesk : desk;
      const ticket = await createTicket(home.server);
      const call = await startCall(ticket.donor, ticket.id, 'donor');
      await postMessage(home.admin, ticket.id);
      const before = await rowsOf(home.db, ticket.id);
      const person = await socketOf(who, ticket);
      const ack = await person.ask(event, BODY[event]({ ticketId: ticket.id, callId: call.id }));
      const expected = verdict(who, event);
      expect(ack.ok === true ? 'ok' : ack.error).toBe(expected);
      if (expected === 'ok') return;
      expect(ack).toEqual({ ok: false, error: expected, message: expect.any(String) });
      expect(await rowsOf(home.db, ticket.id)).toEqual(before);
      await ok(home.admin.put(`/tickets/${ticket.id}/assign`));
      await postMessage(ticket.donor, ticket.id);
      await person.settle();
      expect(person.received).toEqual([]);
    },
  );
});

describe('a token that is worth nothing any more', () => {
  it.each([...TICKET_EVENTS, ...STAFF_EVENTS, ...CALL_EVENTS])('refuses %s', async (event) => {
    const ticket = await createTicket(desk.server);
    const { token, user } = await createStaff(desk.server.app);
    const person = await crowd.enter(token);
    // Expired and revoked tokens are refused by the same look-up; the socket itself is cut right after.
    await desk.db.query('UPDATE users SET token_version = token_version + 1 WHERE id = $1', [user.id]);
    await person.gone();
    const before = await rowsOf(desk.db, ticket.id);
    const refused = await crowd.knock(token).connected();
    expect(refused?.data).toMatchObject({ ok: false, error: 'UNAUTHORIZED' });
    const link = await crowd.enter();
    expect(await link.ask('authorize', { token })).toMatchObject({ ok: false, error: 'UNAUTHORIZED' });
    if (STAFF_EVENTS.includes(event)) {
      const ack = await link.ask(event, BODY[event]({ ticketId: ticket.id, callId: ticket.id }));
      expect(ack).toMatchObject({ ok: false, error: 'UNAUTHORIZED' });
    }
    expect(await rowsOf(desk.db, ticket.id)).toEqual(before);
  });
});

describe('ids that are no tickets', () => {
  it('open no room', async () => {
    const victim = await crowd.enter(bearerOf(desk.admin));
    await victim.must('admin_join_ticket_monitor');
    const ticket = await createTicket(desk.server);
    for (const person of [await crowd.enter(), await crowd.enter(bearerOf(ticket.donor))]) {
      const rooms = [
        'admin',
        'admin:ticket_monitor',
        `admin:${desk.admin.id}`,
        victim.socket.id,
        `ticket:${ticket.id}`,
        `${ticket.id}:staff`,
        [ticket.id],
        { toString: ticket.id },
        '*',
        '',
        7,
        null,
      ];
      for (const ticketId of rooms) {
        const ack = await person.ask('join_ticket', { ticketId });
        expect({ ticketId, ack }).toMatchObject({ ack: { ok: false, error: 'BAD_REQUEST' } });
      }
      await ok(desk.boss.put(`/tickets/${ticket.id}`, { priority: 'low' }));
      await createTicket(desk.server);
      await person.settle();
      expect(person.received).toEqual([]);
    }
  });

  it('are found in capitals too, in the same room', async () => {
    const ticket = await createTicket(desk.server);
    const person = await crowd.enter(bearerOf(ticket.donor));
    await person.must('join_ticket', { ticketId: ticket.id.toUpperCase() });
    await postMessage(ticket.donor, ticket.id);
    await person.next('message');
    expect(person.payloads('message')).toHaveLength(1);
  });

  it('need the right donorId where one is named', async () => {
    const ticket = await createTicket(desk.server);
    const person = await crowd.enter();
    const wrong = { ticketId: ticket.id, donorId: 'somebody-else' };
    expect(await person.ask('join_ticket', wrong)).toMatchObject({ ok: false, error: 'NOT_FOUND' });
    await postMessage(ticket.donor, ticket.id);
    await person.must('join_ticket', { ticketId: ticket.id, donorId: ticket.donorId, lastSeq: 2 });
    expect(person.received).toEqual([]);
  });
});
