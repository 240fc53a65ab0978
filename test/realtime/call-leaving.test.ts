import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Clock } from '../../src/platform/clock/clock.js';
import { startCall } from '../factories/call.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';
import { Crowd, type SocketPerson } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  crowd.leave();
  await expectInvariants(desk.db);
});
afterAll(() => desk.close());

const setClock = (ms: number) =>
  jest.spyOn(desk.server.app.get(Clock, { strict: false }), 'now').mockImplementation(() => new Date(ms));
const callOf = async ({ id }: TicketFixture) => (await rowsOf(desk.db, id))!.calls.at(-1)!;

/** Polls until the call is so; the suite's timeout is the bound. */
async function until(ticket: TicketFixture, wanted: Record<string, unknown>): Promise<void> {
  for (;;) {
    const call = await callOf(ticket);
    if (Object.entries(wanted).every(([field, value]) => call[field] === value)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
async function untilLeft(ticket: TicketFixture, column: 'donor_left_at' | 'staff_left_at') {
  while ((await callOf(ticket))[column] === null) await new Promise((resolve) => setTimeout(resolve, 50));
}

interface Meeting {
  ticket: TicketFixture;
  id: string;
  tokens: { donor: string; admin: string };
  dora: SocketPerson;
  ada: SocketPerson;
}

/** Dora and Ada in a call, each behind a socket. */
async function meeting(): Promise<Meeting> {
  const ticket = await createTicket(desk.server, { donorName: 'Dora' });
  const { id } = await startCall(ticket.donor, ticket.id, 'donor');
  const donor = (await ok(ticket.donor.post(`/calls/${id}/join`))).token as string;
  const admin = (await ok(desk.admin.post(`/calls/${id}/join`))).token as string;
  const [dora, ada] = [await crowd.enter(), await crowd.enter()];
  await dora.must('call:enter', { callId: id, token: donor });
  await ada.must('call:enter', { callId: id, token: admin });
  return { ticket, id, tokens: { donor, admin }, dora, ada };
}

describe('a side that leaves a call without hanging up', () => {
  it.each([
    ['donor', 'dora', 'ada', 'donor_left_at'],
    ['staff', 'ada', 'dora', 'staff_left_at'],
  ] as const)(
    'ends it when the %s does not come back, and the other is told',
    async (_, who, other, column) => {
      const { ticket, id, ...people } = await meeting();
      people[who].close();
      await untilLeft(ticket, column);
      expect(await callOf(ticket)).toMatchObject({ status: 'active' });
      setClock(Date.now() + 21_000);
      const over = await people[other].next('call:peers', (payload) => payload.ended === true);
      expect(over).toEqual({ callId: id, peers: [], ended: true });
      expect(await callOf(ticket)).toMatchObject({ status: 'ended', end_reason: 'left' });
      expect((await eventTypes(desk.db, ticket.id)).filter((type) => type === 'call.ended')).toHaveLength(1);
      expect((await rowsOf(desk.db, ticket.id))!.ticket).toMatchObject({
        status: 'pending',
        active_call_id: null,
      });
    },
  );

  it('goes on in it after a reload', async () => {
    const { ticket, id, tokens, dora } = await meeting();
    dora.close();
    await untilLeft(ticket, 'donor_left_at');
    const again = await crowd.enter();
    await again.must('call:enter', { callId: id, token: tokens.donor });
    setClock(Date.now() + 21_000);
    // Another call that is left for good shows that the look went past this one.
    const other = await meeting();
    other.dora.close();
    await untilLeft(other.ticket, 'donor_left_at');
    setClock(Date.now() + 60_000);
    await until(other.ticket, { status: 'ended' });
    expect(await callOf(ticket)).toMatchObject({ status: 'active', donor_left_at: null });
  });

  it('is not gone while another page of it is still there', async () => {
    const { ticket, id, tokens, ada } = await meeting();
    const colleague = await crowd.enter();
    await colleague.must('call:enter', { callId: id, token: tokens.admin });
    ada.close();
    await colleague.next('call:peers', (payload) => payload.peers.length === 2);
    await colleague.settle();
    expect(await callOf(ticket)).toMatchObject({ status: 'active', staff_left_at: null });
  });
});

it('a donor who closes the page while it rings is still looked for, and is owed a callback when it is missed', async () => {
  const ticket = await createTicket(desk.server, { callType: 'audio' });
  const callId = ticket.created.activeCallId as string;
  const { token } = await ok(ticket.donor.post(`/calls/${callId}/join`));
  const dora = await crowd.enter();
  await dora.must('call:enter', { callId, token });
  dora.close();
  await untilLeft(ticket, 'donor_left_at');
  const { expiresAt } = (await ok(desk.admin.get(`/tickets/${ticket.id}/call-requests`)))[0];
  const left = Date.parse((await callOf(ticket)).donor_left_at);
  expect(Date.parse(expiresAt) - left).toBeGreaterThan(21_000);

  const clock = setClock(left + 21_000);
  const looks = clock.mock.calls.length;
  while (clock.mock.calls.length < looks + 3) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(
    (await ok(desk.admin.get('/call-requests'))).map(({ ticketId }: { ticketId: string }) => ticketId),
  ).toContain(ticket.id);

  clock.mockImplementation(() => new Date(Date.parse(expiresAt) + 1));
  await until(ticket, { status: 'ended', end_reason: 'missed' });
  expect((await rowsOf(desk.db, ticket.id))!.ticket).toMatchObject({
    status: 'new',
    active_call_id: null,
    callback_due_at: expect.any(String),
  });
});
