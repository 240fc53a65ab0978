import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { JwtService } from '@nestjs/jwt';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { videoConfig } from '../support/app.js';
import { expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { FakeVideosdk } from '../support/fake-videosdk.js';
import { httpRequest } from '../support/http.js';
import { eventTypes, expectInvariants, rowsOf } from '../support/ticket-rows.js';

// The call routes of the Proof Concierge API, with rooms of VideoSDK.
let vendor: FakeVideosdk;
let desk: Desk;
beforeAll(async () => {
  vendor = await FakeVideosdk.start();
  desk = await openDesk({
    publicUrl: 'https://desk.example',
    video: videoConfig({
      provider: 'videosdk',
      videosdkApiKey: vendor.apiKey,
      videosdkSecretKey: vendor.secretKey,
      videosdkApiUrl: vendor.url,
    }),
  });
});
afterAll(async () => {
  await expectInvariants(desk.db);
  await desk.close();
  await vendor.close();
});

const idsOf = (answer: Answer['body']): string[] => (answer as { id: string }[]).map(({ id }) => id);
const claimsOf = (token: string): Record<string, unknown> =>
  new JwtService().verify(token, { secret: vendor.secretKey, algorithms: ['HS256'] });
const stored = async ({ id }: { id: string }) => (await rowsOf(desk.db, id))!;

describe('3.4 communication', () => {
  const roomOf = (call: { roomName: string }) => vendor.rooms.get(call.roomName)!;

  test('POST …/call/:queryId: staff start one in a VideoSDK room, each with a token of their own', async () => {
    const query = await createTicket(desk.server);
    const body = { ticketId: query.id, callType: 'video', initiatedBy: 'admin' };
    const call = await ok(desk.admin.post('/calls', body), 201);
    expect(call).toMatchObject({
      provider: 'videosdk',
      roomName: roomOf(call).roomId,
      dailyRoomUrl: `https://embed.videosdk.live/rtc-js-prebuilt/0.3.43/?meetingId=${roomOf(call).roomId}`,
    });
    const may = (token: string) => claimsOf(token).permissions;
    expect([may(call.adminToken), may(call.userToken)]).toEqual([
      ['allow_join', 'allow_mod'],
      ['allow_join'],
    ]);
    const joined = await ok(query.donor.post(`/calls/${call.id}/join`));
    expect(claimsOf(joined.token)).toMatchObject({
      roomId: roomOf(call).roomId,
      permissions: ['allow_join'],
    });
    expect(JSON.stringify(joined)).not.toContain('adminToken');
  });

  async function onCall(): Promise<{ query: TicketFixture; call: Answer['body'] }> {
    const query = await createTicket(desk.server);
    const body = { ticketId: query.id, callType: 'video', initiatedBy: 'donor' };
    return { query, call: await ok(query.donor.post('/calls', body), 201) };
  }

  test('GET …/calls/:queryId: both sides list them', async () => {
    const { query, call } = await onCall();
    expect(idsOf(await ok(query.donor.get(`/calls/ticket/${query.id}`)))).toEqual([call.id]);
    expect(idsOf(await ok(desk.admin.get(`/calls/ticket/${query.id}`)))).toEqual([call.id]);
  });

  test('POST …/call/:roomName/end and PUT …/status: it ends once', async () => {
    const { query, call } = await onCall();
    await ok(query.donor.post(`/calls/${call.id}/end`));
    expect(await ok(desk.admin.put(`/calls/${call.id}`, { status: 'ended' }))).toMatchObject({
      status: 'ended',
    });
    expect((await eventTypes(desk.db, query.id)).filter((type) => type === 'call.ended')).toHaveLength(1);
  });

  test('POST /webhooks/videosdk: VideoSDK tells who came, and that it is over', async () => {
    const { query, call } = await onCall();
    const { participantId } = claimsOf((await ok(query.donor.post(`/calls/${call.id}/join`))).token);
    const send = (webhookType: string, data: object) => {
      const { headers, rawBody } = vendor.signWebhook({
        webhookType,
        data: { meetingId: call.roomName, ...data },
      });
      return desk.link.ask('POST', '/webhooks/videosdk', rawBody.toString(), headers);
    };
    const before = (await stored(query)).ticket.last_seq;
    await ok(send('participant-joined', { participantId }));
    await ok(send('participant-joined', { participantId }));
    expect(await eventTypes(desk.db, query.id, before)).toEqual(['call.joined']);
    expect((await stored(query)).calls[0]!.participants).toEqual([
      expect.objectContaining({ sessionId: participantId, role: 'donor' }),
    ]);
    const forged = await desk.link.ask('POST', '/webhooks/videosdk', '{"webhookType":"session-ended"}', {
      'videosdk-signature': 'AAAA',
    });
    expectRefusal(forged, 401, 'UNAUTHORIZED');
    await ok(send('session-ended', { sessionId: 's1', end: new Date().toISOString() }));
    expect((await stored(query)).calls[0]).toMatchObject({ status: 'ended', end_reason: 'meeting_ended' });
  });

  test('DELETE …/call/:roomName: the room is closed at VideoSDK forever', async () => {
    const { call } = await onCall();
    roomOf(call).session = true;
    await ok(desk.admin.delete(`/calls/${call.id}/room`));
    while (!roomOf(call).disabled) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(roomOf(call)).toMatchObject({ disabled: true, session: false });
  });

  async function asking(): Promise<{ query: TicketFixture; request: Answer['body'] }> {
    const query = await createTicket(desk.server);
    const body = { mode: 'audio', message: 'Please call me' };
    return { query, request: await ok(query.donor.post(`/tickets/${query.id}/call-requests`, body), 201) };
  }

  test('POST …/request, GET …/requests: a donor asks, staff see it', async () => {
    const { query, request } = await asking();
    expect(request).toMatchObject({ status: 'PENDING', mode: 'audio', message: 'Please call me' });
    expect(await ok(desk.admin.get(`/tickets/${query.id}/call-requests`))).toEqual([request]);
    expect(await eventTypes(desk.db, query.id)).toContain('call.requested');
  });

  test.each([
    ['accept-request/:reqId', ({ id }: { id: string }) => `/call-requests/${id}/accept`],
    ['accept-request', ({ ticketId }: { ticketId: string }) => `/tickets/${ticketId}/call-requests/accept`],
  ])('POST …/%s: one accepts it, and both can join', async (_row, pathOf) => {
    const { query, request } = await asking();
    await ok(desk.admin.post(pathOf(request)));
    const { ticket, calls } = await stored(query);
    expect(ticket).toMatchObject({ status: 'active_call', admin_id: desk.admin.id });
    expect(calls).toMatchObject([{ status: 'active', call_type: 'audio', provider: 'videosdk' }]);
    expect((await desk.colleague.post(`/call-requests/${request.id}/accept`)).status).toBe(409);
    await ok(query.donor.post(`/calls/${ticket.active_call_id}/join`));
  });

  test('POST …/reject-request/:reqId: the donor hears of it', async () => {
    const { query, request } = await asking();
    await ok(desk.admin.post(`/call-requests/${request.id}/reject`));
    expect(await ok(query.donor.get(`/tickets/${query.id}/call-requests`))).toMatchObject([
      { status: 'REJECTED' },
    ]);
    expect(await eventTypes(desk.db, query.id)).toContain('call.rejected');
  });

  test('GET /health/advanced: VideoSDK is among the parts', async () => {
    const answer = await httpRequest(`${desk.server.url}/health/advanced`);
    expect(await answer.json()).toMatchObject({ parts: { video: { status: 'up' } } });
  });
});
