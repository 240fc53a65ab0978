import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startCall } from '../factories/call.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { CallEvictions } from '../../src/reactions/realtime/presence/call-evictions.js';
import { login } from '../api/auth-client.js';
import { Client, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { provisionStaff, type ProvisionedStaff } from '../support/staff-people.js';
import { bearerOf } from './bearer.js';
import { Crowd } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

/** A call with a token for each side, as POST /calls/:id/join gives them. */
async function openCall() {
  const ticket = await createTicket(desk.server, { donorName: 'Dora' });
  const { id } = await startCall(ticket.donor, ticket.id, 'donor');
  const donor = (await ok(ticket.donor.post(`/calls/${id}/join`))).token as string;
  const admin = (await ok(desk.admin.post(`/calls/${id}/join`))).token as string;
  return { id: id as string, ticket, donor, admin };
}

describe('signalling', () => {
  it('brings two people together who hold nothing but their call tokens', async () => {
    const call = await openCall();
    const [dora, ada] = [await crowd.enter(), await crowd.enter()];
    const first = await dora.must('call:enter', { callId: call.id, token: call.donor });
    expect(first).toEqual({ ok: true, self: dora.socket.id, peers: [] });
    const second = await ada.must('call:enter', { callId: call.id, token: call.admin });
    expect(second.peers).toEqual([{ id: dora.socket.id, role: 'donor' }].map(expect.objectContaining));
    const { peers } = await dora.next('call:peers');
    expect(peers).toContainEqual({ id: ada.socket.id, role: 'admin', name: 'Ada' });
    const offer = { type: 'offer', sdp: 'v=0' };
    await ada.must('call:signal', { callId: call.id, to: dora.socket.id, data: offer });
    expect(await dora.next('call:signal')).toEqual({ callId: call.id, from: ada.socket.id, data: offer });
    await dora.must('call:signal', { callId: call.id, data: 'to everybody else' });
    expect(await ada.next('call:signal')).toMatchObject({ from: dora.socket.id, data: 'to everybody else' });
    await dora.settle();
    expect(dora.payloads('call:signal')).toHaveLength(1);
    dora.close();
    const left = await ada.next('call:peers');
    expect(left).toEqual({ callId: call.id, peers: [{ id: ada.socket.id, role: 'admin', name: 'Ada' }] });
  });

  it('answers anyone who enters with those who came meanwhile too', async () => {
    const call = await openCall();
    const [dora, ada] = [await crowd.enter(), await crowd.enter()];
    const [begun, over] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    // The database takes its time over Ada's token.
    jest
      .spyOn(desk.server.app.get(CallEvictions, { strict: false }), 'recheck')
      .mockImplementationOnce(() => {
        begun.resolve(undefined);
        return over.promise;
      });
    const entering = ada.must('call:enter', { callId: call.id, token: call.admin });
    await begun.promise;
    const second = await dora.must('call:enter', { callId: call.id, token: call.donor });
    expect(second.peers).toEqual([{ id: ada.socket.id, role: 'admin', name: 'Ada' }]);
    over.resolve(undefined);
    // Ada has heard of Dora by now: an older answer would make Dora somebody who has left.
    expect((await entering).peers).toEqual([expect.objectContaining({ id: dora.socket.id, role: 'donor' })]);
  });

  it('stays among the members of the call', async () => {
    const [call, other] = [await openCall(), await openCall()];
    const [dora, ada, outsider, bystander] = [
      await crowd.enter(),
      await crowd.enter(bearerOf(desk.admin)),
      await crowd.enter(),
      await crowd.enter(bearerOf(desk.colleague)),
    ];
    await dora.must('call:enter', { callId: call.id, token: call.donor });
    await ada.must('call:enter', { callId: call.id, token: call.admin });
    await outsider.must('call:enter', { callId: other.id, token: other.donor });
    await bystander.must('join_ticket', { ticketId: call.ticket.id });
    const into = await outsider.ask('call:signal', { callId: call.id, to: dora.socket.id, data: 'x' });
    expect(into).toMatchObject({ ok: false, error: 'FORBIDDEN' });
    for (const to of [outsider.socket.id, bystander.socket.id, 'nobody']) {
      const out = await dora.ask('call:signal', { callId: call.id, to, data: 'x' });
      expect(out).toMatchObject({ ok: false, error: 'NOT_FOUND' });
    }
    for (const to of ['admin:ticket_monitor', [ada.socket.id], { a: 1 }, `call:${call.id}`]) {
      const out = await dora.ask('call:signal', { callId: call.id, to, data: 'x' });
      expect(out).toMatchObject({ ok: false, error: 'BAD_REQUEST' });
    }
    await dora.must('call:signal', { callId: call.id, data: 'private' });
    await ada.next('call:signal');
    await Promise.all([outsider.settle(), bystander.settle()]);
    for (const person of [outsider, bystander]) expect(person.payloads('call:signal')).toEqual([]);
  });

  it('needs a token of that call', async () => {
    const [call, other] = [await openCall(), await openCall()];
    const person = await crowd.enter(bearerOf(desk.boss));
    const tokens = [other.admin, 'nonsense', bearerOf(desk.boss), `${call.admin}x`];
    for (const token of tokens) {
      const ack = await person.ask('call:enter', { callId: call.id, token });
      expect(ack).toMatchObject({ ok: false, error: 'FORBIDDEN', message: expect.any(String) });
    }
    expect(await person.ask('call:enter', { callId: randomUUID(), token: call.admin })).toMatchObject({
      error: 'FORBIDDEN',
    });
    expect(await person.ask('authorize', { token: call.admin })).toMatchObject({ error: 'UNAUTHORIZED' });
    expect(await person.ask('call:signal', { callId: call.id, data: 'x' })).toMatchObject({
      error: 'FORBIDDEN',
    });
  });

  it('ends with the call', async () => {
    const call = await openCall();
    const [dora, ada] = [await crowd.enter(), await crowd.enter()];
    await dora.must('call:enter', { callId: call.id, token: call.donor });
    await ada.must('call:enter', { callId: call.id, token: call.admin });
    await ok(desk.admin.post(`/calls/${call.id}/end`));
    for (const person of [dora, ada]) {
      const over = await person.next('call:peers', (payload) => payload.ended === true);
      expect(over).toEqual({ callId: call.id, peers: [], ended: true });
      expect(await person.ask('call:signal', { callId: call.id, data: 'x' })).toMatchObject({
        error: 'FORBIDDEN',
      });
    }
    expect(await dora.ask('call:enter', { callId: call.id, token: call.donor })).toMatchObject({
      ok: false,
      error: 'CALL_ENDED',
    });
  });

  it('can be left', async () => {
    const call = await openCall();
    const [dora, ada] = [await crowd.enter(), await crowd.enter()];
    await dora.must('call:enter', { callId: call.id, token: call.donor });
    await ada.must('call:enter', { callId: call.id, token: call.admin });
    await ada.must('call:leave', { callId: call.id });
    await dora.next('call:peers', (payload) => payload.peers.length === 1);
    await dora.must('call:signal', { callId: call.id, data: 'anybody?' });
    await ada.settle();
    expect(ada.payloads('call:signal')).toEqual([]);
  });
});

describe('people in a call whose tokens end', () => {
  /** A call that somebody has joined who is about to go; both sit at pages that hold nothing but a call token. */
  async function inCall() {
    const ticket = await createTicket(desk.server, { donorName: 'Dora' });
    const { id } = await startCall(ticket.donor, ticket.id, 'donor');
    const gone = await provisionStaff(desk);
    const tokens = {
      donor: (await ok(ticket.donor.post(`/calls/${id}/join`))).token as string,
      staff: (await ok(gone.post(`/calls/${id}/join`))).token as string,
      read: (await ok(gone.get(`/calls/${id}`))).adminToken as string,
    };
    const [dora, page] = [await crowd.enter(), await crowd.enter()];
    await dora.must('call:enter', { callId: id, token: tokens.donor });
    await page.must('call:enter', { callId: id, token: tokens.staff });
    await dora.next('call:peers', ({ peers }) => peers.length === 2);
    return { id: id as string, ticket, gone, tokens, dora, page };
  }
  type InCall = Awaited<ReturnType<typeof inCall>>;

  async function expectOut({ id, tokens, dora, page }: InCall) {
    await page.next('call:peers', ({ ended }) => ended === true);
    await dora.next('call:peers', ({ peers }) => peers.length === 1);
    await dora.must('call:signal', { callId: id, data: 'anybody?' });
    await page.settle();
    expect(page.payloads('call:signal')).toEqual([]);
    for (const token of [tokens.staff, tokens.read])
      expect(await page.ask('call:enter', { callId: id, token })).toMatchObject({ error: 'FORBIDDEN' });
    expect(dora.payloads('call:peers').some(({ ended }) => ended === true)).toBe(false);
  }

  async function expectDonorOut({ id, tokens, dora, page }: InCall, read: string) {
    await dora.next('call:peers', ({ ended }) => ended === true);
    await page.next('call:peers', ({ peers }) => peers.length === 1);
    for (const token of [tokens.donor, read])
      expect(await dora.ask('call:enter', { callId: id, token })).toMatchObject({ error: 'FORBIDDEN' });
    expect(page.payloads('call:peers').some(({ ended }) => ended === true)).toBe(false);
  }

  it.each([
    ['by deactivation', (gone: ProvisionedStaff) => desk.boss.delete(`/users/${gone.id}`)],
    [
      'by another role',
      (gone: ProvisionedStaff) => desk.boss.patch(`/users/${gone.id}`, { role: 'SUPER_ADMIN' }),
    ],
    ['by logout-all', (gone: ProvisionedStaff) => gone.post('/auth/logout-all')],
    [
      'by the end of the sign-in that asked for the token',
      async (gone: ProvisionedStaff) => {
        const [{ id }] = await ok(gone.get('/auth/sessions'));
        const { body } = await login(desk.server, gone.username, gone.password);
        const elsewhere = new Client(desk.server, { authorization: `Bearer ${body.accessToken}` });
        return elsewhere.delete(`/auth/sessions/${id}`);
      },
    ],
  ])('are sent out at once: %s', async (_, end) => {
    const call = await inCall();
    expect((await end(call.gone)).status).toBeLessThan(300);
    await expectOut(call);
  });

  it('are sent out by the next sweep when it happened on another node', async () => {
    const call = await inCall();
    await desk.db.query('UPDATE staff_logins SET ended_at = now() WHERE user_id = $1', [call.gone.id]);
    await expectOut(call);
  });

  it('come back with a token of their next login', async () => {
    const call = await inCall();
    await ok(call.gone.post('/auth/logout-all'), 204);
    await expectOut(call);
    const { body } = await login(desk.server, call.gone.username, call.gone.password);
    const again = new Client(desk.server, { authorization: `Bearer ${body.accessToken}` });
    const { token } = await ok(again.post(`/calls/${call.id}/join`));
    await call.page.must('call:enter', { callId: call.id, token });
  });

  it.each([
    ['by their own logout', ({ ticket }: InCall) => ticket.donor.post('/auth/donor/logout')],
    [
      'by staff who end the sessions of the donor',
      ({ ticket }: InCall) => desk.admin.post(`/tickets/${ticket.id}/donor/logout`),
    ],
  ])('donors are sent out at once: %s', async (_, end) => {
    const call = await inCall();
    const read = (await ok(call.ticket.donor.get(`/calls/${call.id}`))).userToken as string;
    expect((await end(call)).status).toBeLessThan(300);
    await expectDonorOut(call, read);
  });

  it('donors are sent out by the next sweep when it happened on another node', async () => {
    const call = await inCall();
    await desk.db.query(
      'UPDATE donor_sessions SET revoked_at = now(), token_version = 1 WHERE id = (SELECT donor_session_id FROM tickets WHERE id = $1)',
      [call.ticket.id],
    );
    await expectDonorOut(call, call.tokens.donor);
  });

  it('stay in it while others end theirs, and when they leave another device', async () => {
    const call = await inCall();
    const other = await inCall();
    await ok(desk.boss.delete(`/users/${other.gone.id}`), 204);
    await expectOut(other);
    await login(desk.server, call.gone.username, call.gone.password);
    await ok(call.gone.delete('/auth/sessions'), 204);
    const stranger = await createTicket(desk.server, { donorName: 'Don' });
    await ok(stranger.donor.post('/auth/donor/logout'));
    await call.page.settle();
    await call.dora.must('call:signal', { callId: call.id, data: 'still there?' });
    await call.page.next('call:signal', ({ data }) => data === 'still there?');
  });
});
