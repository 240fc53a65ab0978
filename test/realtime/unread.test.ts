import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { postMessage } from '../factories/message.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { eventTypes } from '../support/ticket-rows.js';
import { bearerOf } from './bearer.js';
import { Crowd } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

describe('the event unread', () => {
  it('tells all pages of a reader, and nobody else, how far they have read', async () => {
    const { id, donor } = await createTicket(desk.server);
    const stranger = await createTicket(desk.server);
    const enter = (client: Parameters<typeof bearerOf>[0]) => crowd.enter(bearerOf(client));
    const [ada, adasOther, bo] = [
      await enter(desk.admin),
      await enter(desk.admin),
      await enter(desk.colleague),
    ];
    const [dora, dorasOther, somebody] = [
      await enter(donor),
      await enter(donor),
      await enter(stranger.donor),
    ];

    await postMessage(donor, id);
    await ada.must('message:read', { ticketId: id, upToSeq: 2 });
    expect(await adasOther.next('unread')).toEqual({ ticketId: id, seq: 2 });
    await postMessage(desk.admin, id);
    const [{ seq }] = (await ok(donor.get('/me/unread'))).tickets;
    await ok(donor.post(`/tickets/${id}/messages/mark-read`, { senderType: 'admin' }));
    for (const page of [dora, dorasOther])
      expect((await page.next('unread')).seq).toBeGreaterThanOrEqual(seq);

    const before = await eventTypes(desk.db, id);
    await ada.must('message:read', { ticketId: id, upToSeq: 2 });
    for (const page of [ada, adasOther, bo, somebody, dora]) await page.settle();
    expect([ada, adasOther, bo, somebody, dora].map((page) => page.payloads('unread').length)).toEqual([
      1, 1, 0, 0, 1,
    ]);
    // What was read before is no news, and none of it is in the log.
    expect(await eventTypes(desk.db, id)).toEqual(before);
    expect(before.filter((type) => type === 'messages.read')).toHaveLength(2);
  });
});
