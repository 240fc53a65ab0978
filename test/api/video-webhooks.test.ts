import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startCall } from '../factories/call.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { videoConfig } from '../support/app.js';
import { expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { FakeDaily } from '../support/fake-daily.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

let daily: FakeDaily;
let desk: Desk;
beforeAll(async () => {
  daily = await FakeDaily.start();
  desk = await openDesk({
    video: videoConfig({
      provider: 'daily',
      dailyApiKey: daily.apiKey,
      dailyApiUrl: daily.url,
      dailyWebhookSecret: daily.webhookSecret,
    }),
  });
});
afterEach(() => expectInvariants(desk.db));
afterAll(async () => {
  await desk.close();
  await daily.close();
});

let count = 0;
/** An event as Daily sends it. */
const happening = (type: string, payload: object) => ({
  version: '1.0.0',
  id: `evt-${++count}`,
  type,
  payload,
});

const send = (event: object | string, at = Date.now(), secret = daily.webhookSecret): Promise<Answer> => {
  const { headers, rawBody } = daily.signWebhook(event, at, secret);
  return desk.link.ask('POST', '/webhooks/daily', rawBody.toString(), headers);
};

async function onCall(): Promise<TicketFixture & { callId: string; room: string }> {
  const ticket = await createTicket(desk.server);
  const call = await startCall(ticket.donor, ticket.id, 'donor');
  return { ...ticket, callId: call.id, room: call.roomName };
}

const person = (room: string, owner: boolean) => ({ room, session_id: `s-${++count}`, user_id: 'x', owner });

describe('what Daily reports', () => {
  test('the end of a meeting ends the call', async () => {
    const { id, callId, room, donor } = await onCall();
    expect((await send(happening('meeting.ended', { room }))).status).toBe(200);
    expect(await ok(donor.get(`/calls/${callId}`))).toMatchObject({
      status: 'ended',
      endReason: 'meeting_ended',
    });
    expect((await rowsOf(desk.db, id))!.ticket).toMatchObject({ status: 'new', active_call_id: null });
  });

  test('who comes and goes is kept with the call, and coming is an event', async () => {
    const { id, room } = await onCall();
    const before = (await rowsOf(desk.db, id))!.ticket.last_seq;
    const guest = person(room, false);
    await send(happening('participant.joined', guest));
    expect((await rowsOf(desk.db, id))!.calls[0]!.participants).toEqual([
      expect.objectContaining({ sessionId: guest.session_id, role: 'donor' }),
    ]);
    expect(await eventTypes(desk.db, id, before)).toEqual(['call.joined']);
    await send(happening('participant.left', guest));
    expect((await rowsOf(desk.db, id))!.calls[0]!.participants).toEqual([]);
  });

  test('a repeat changes nothing', async () => {
    const { id, room } = await onCall();
    const event = happening('participant.joined', person(room, false));
    await send(event);
    const once = await rowsOf(desk.db, id);
    expect((await send(event)).status).toBe(200);
    expect(await rowsOf(desk.db, id)).toEqual(once);
  });

  test('of rooms that are not ours is none of our business', async () => {
    expect((await send(happening('meeting.ended', { room: 'somebody-else' }))).status).toBe(200);
  });
});

describe('what is not from Daily', () => {
  test.each([
    ['another secret', Date.now(), Buffer.from('not the secret of ours').toString('base64')],
    ['an old delivery', Date.now() - 6 * 60_000, undefined],
  ])('%s is refused and changes nothing', async (_what, at, secret) => {
    const { id, room } = await onCall();
    const before = await rowsOf(desk.db, id);
    const answer = await send(happening('meeting.ended', { room }), at, secret);
    expectRefusal(answer, 401, 'UNAUTHORIZED', '/webhooks/daily');
    expect(await rowsOf(desk.db, id)).toEqual(before);
  });

  test('no signature at all, or words that are no event', async () => {
    const { room } = await onCall();
    const unsigned = await desk.link.post('/webhooks/daily', happening('meeting.ended', { room }));
    expectRefusal(unsigned, 401, 'UNAUTHORIZED');
    expectRefusal(await send({ hello: 'world' }), 400, 'BAD_REQUEST');
  });
});
