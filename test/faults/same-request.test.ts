import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { startCall } from '../factories/call.factory.js';
import { openDesk, type Desk } from '../support/desk.js';
import { brokenInvariants } from '../support/judge-invariants.js';
import type { Answer } from '../support/client.js';

const MANY = 30;

let desk: Desk;

beforeEach(async () => {
  desk = await openDesk();
});
afterEach(async () => {
  expect(await brokenInvariants(desk.db)).toEqual([]);
  await desk.close();
});

/** All at once; every answer is a yes, or a refusal with one of these codes. */
async function atOnce(send: (index: number) => Promise<Answer>, refusals: string[] = []): Promise<Answer[]> {
  const answers = await Promise.all(Array.from({ length: MANY }, (_, index) => send(index)));
  const strange = answers.filter(({ status, body }) => status >= 300 && !refusals.includes(body.error));
  expect(strange.map(({ status, body }) => ({ status, body }))).toEqual([]);
  return answers.filter(({ status }) => status < 300);
}

const ids = (answers: Answer[]) => [...new Set(answers.map(({ body }) => body.id))];

async function count(sql: string): Promise<number> {
  const { rows } = await desk.db.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`);
  return rows[0]?.count ?? -1;
}

/** What a process leaves of its keys when it dies before it could keep the answers, and the wait for it is over. */
async function forgetAnswers(): Promise<void> {
  await desk.db.query(
    `UPDATE idempotency_keys SET status_code = NULL, response = NULL, claimed_at = 'epoch'`,
  );
}

describe(`${MANY} at once`, () => {
  test('of the same ticket make one', async () => {
    const body = { donorId: 'd-1', donorEmail: 'd@example.org', callType: 'video' };
    const made = await atOnce(
      () => desk.link.post('/tickets', body, { 'idempotency-key': 'ticket-key-1' }),
      ['IDEMPOTENCY_IN_FLIGHT'],
    );
    expect(ids(made)).toHaveLength(1);
    expect(await count('tickets')).toBe(1);
  });

  test('of the same message make one, by either kind of id', async () => {
    const { id, donor } = await createTicket(desk.server);
    const byClientId = await atOnce(() =>
      donor.post(`/tickets/${id}/messages`, { content: 'Hello?', clientMessageId: 'm-1' }),
    );
    const byKey = await atOnce(
      () => donor.post(`/tickets/${id}/messages`, { content: 'Hi!' }, { 'idempotency-key': 'message-key-1' }),
      ['IDEMPOTENCY_IN_FLIGHT'],
    );
    const byStaff = await atOnce(() =>
      desk.admin.post(`/tickets/${id}/messages`, { content: 'Yes', clientMessageId: 'm-1' }),
    );
    expect([byClientId, byKey, byStaff].map((made) => ids(made).length)).toEqual([1, 1, 1]);
    expect(await count(`messages WHERE message_type = 'text' AND sender_type <> 'system'`)).toBe(3);
  });

  test('who accept a ticket: one wins, the others are told who', async () => {
    const { id } = await createTicket(desk.server);
    const won = await atOnce(
      (index) => (index % 2 ? desk.admin : desk.colleague).put(`/tickets/${id}/assign`, {}),
      ['TICKET_ALREADY_ASSIGNED'],
    );
    expect(new Set(won.map(({ body }) => body.adminId)).size).toBe(1);
    expect(await count(`ticket_events WHERE type = 'ticket.assigned'`)).toBe(1);
  });

  test('who start, then end a call: one call, one end', async () => {
    const { id, donor } = await createTicket(desk.server);
    const started = await atOnce((index) => {
      const initiatedBy = index % 2 ? 'admin' : 'donor';
      return (index % 2 ? desk.admin : donor).post('/calls', {
        ticketId: id,
        callType: 'audio',
        initiatedBy,
      });
    });
    expect(ids(started)).toHaveLength(1);
    await atOnce((index) => (index % 2 ? desk.admin : donor).post(`/calls/${ids(started)[0]}/end`));
    expect(await count(`ticket_events WHERE type = 'call.ended'`)).toBe(1);
  });

  test('who accept a call request: one wins', async () => {
    const { id, donor } = await createTicket(desk.server);
    const { body: request } = await donor.post(`/tickets/${id}/call-requests`, { mode: 'audio' });
    await atOnce(
      (index) => (index % 2 ? desk.admin : desk.colleague).post(`/call-requests/${request.id}/accept`),
      ['CALL_REQUEST_CLOSED'],
    );
    expect(await count(`ticket_events WHERE type = 'call.accepted'`)).toBe(1);
    expect(await count('calls')).toBe(1);
  });
});

describe('a retry whose first answer died with its process', () => {
  const KEY = { 'idempotency-key': 'retried-key-1' };

  test('of a transfer gives the ticket as it is, and transfers nothing again', async () => {
    const { id } = await createTicket(desk.server);
    const transfer = () =>
      desk.boss.post(`/tickets/${id}/transfer`, { toAdminId: desk.admin.id, transferNotes: 'n' }, KEY);
    expect(await transfer()).toMatchObject({ status: 200, body: { id, adminId: desk.admin.id } });
    await forgetAnswers();
    expect(await transfer()).toMatchObject({ status: 200, body: { id, adminId: desk.admin.id } });
    await desk.boss.post(`/tickets/${id}/transfer`, { toAdminId: desk.colleague.id });
    await forgetAnswers();
    expect(await transfer()).toMatchObject({ status: 200, body: { id, adminId: desk.colleague.id } });
    expect(await count('ticket_transfers')).toBe(2);
  });

  test('of a call gives that call, even when it is over by now', async () => {
    const { id, donor } = await createTicket(desk.server);
    const call = await startCall(donor, id, 'donor');
    await donor.post(`/calls/${call.id}/end`);
    const start = () => donor.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'donor' }, KEY);
    const first = await start();
    expect(first.status).toBe(201);
    await donor.post(`/calls/${first.body.id}/end`);
    await forgetAnswers();
    expect(await start()).toMatchObject({ status: 200, body: { id: first.body.id, status: 'ended' } });
    expect(await count('calls')).toBe(2);
  });

  test('of a call request gives that request, even when it is over by now', async () => {
    const { id, donor } = await createTicket(desk.server);
    const ask = () => donor.post(`/tickets/${id}/call-requests`, { mode: 'audio' }, KEY);
    const first = await ask();
    expect(first.status).toBe(201);
    await donor.delete(`/call-requests/${first.body.id}`);
    await forgetAnswers();
    expect(await ask()).toMatchObject({ status: 200, body: { id: first.body.id, status: 'CANCELLED' } });
  });
});
