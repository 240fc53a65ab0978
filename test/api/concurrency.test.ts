import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createStaff } from '../factories/staff.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createTicket, createTicketIn } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, personOf, type Desk, type Person } from '../support/desk.js';
import { expectInvariants, rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  await desk.close();
});

const times = <T>(count: number, make: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)));

/** How often each status was answered. */
function tally(answers: Answer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const provisionStaff = async (): Promise<Person> => personOf(desk.server, await createStaff(desk.server.app));

test('a hundred accepts at once have one winner, whom the others are told', async () => {
  const { id } = await createTicket(desk.server);
  const people: Person[] = [];
  for (let n = 0; n < 100; n += 1) people.push(await provisionStaff());
  const answers = await times(100, (n) => people[n]!.put(`/tickets/${id}/assign`));
  expect(tally(answers)).toEqual({ 200: 1, 409: 99 });
  const winner = people[answers.findIndex(({ status }) => status === 200)]!;
  for (const answer of answers.filter(({ status }) => status === 409)) {
    expectRefusal(answer, 409, 'TICKET_ALREADY_ASSIGNED', `/tickets/${id}/assign`);
    const { name, username } = winner;
    expect(answer.body.owner).toEqual({ id: winner.id, name, username });
    expect(answer.body.message).toContain(name);
  }
  const { ticket, events } = (await rowsOf(desk.db, id))!;
  expect(ticket).toMatchObject({ admin_id: winner.id, status: 'pending' });
  expect(events.map(({ type }) => type)).toEqual([
    'ticket.created',
    'ticket.assigned',
    'message.posted',
    'ticket.status_changed',
  ]);
  await expectInvariants(desk.db);
});

test('fifty starts of a call at once open one', async () => {
  const { id, donor } = await createTicket(desk.server);
  const start = (n: number) => {
    const [who, initiatedBy] = n % 2 === 0 ? [donor, 'donor'] : [desk.admin, 'admin'];
    return who.post('/calls', { ticketId: id, callType: 'video', initiatedBy });
  };
  const answers = await times(50, start);
  expect(tally(answers)).toEqual({ 200: 49, 201: 1 });
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
  const { calls, events } = (await rowsOf(desk.db, id))!;
  expect(calls).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'call.started')).toHaveLength(1);
  await expectInvariants(desk.db);
});

test('a call that many end at once ends once', async () => {
  const { id } = await createTicketIn(desk.server, 'active_call', { owner: desk.admin, heirId: 0 });
  const callId = (await rowsOf(desk.db, id))!.ticket.active_call_id;
  const enders = [desk.admin, desk.colleague, desk.link];
  const answers = await times(20, (n) => enders[n % 3]!.post(`/calls/${callId}/end`));
  expect(tally(answers)).toEqual({ 200: 20 });
  const ends = new Set(answers.map(({ body }) => `${body.status} ${body.endedAt}`));
  expect(ends.size).toBe(1);
  const { events, ticket } = (await rowsOf(desk.db, id))!;
  expect(events.filter(({ type }) => type === 'call.ended')).toHaveLength(1);
  expect(ticket.status).toBe('pending');
  await expectInvariants(desk.db);
});

test('of many updates to one version one is taken', async () => {
  const { id } = await createTicket(desk.server);
  const version = Number((await ok(desk.admin.get(`/tickets/${id}`))).version);
  const answers = await times(20, (n) => desk.admin.put(`/tickets/${id}`, { subject: `Take ${n}`, version }));
  expect(tally(answers)).toEqual({ 200: 1, 409: 19 });
  for (const answer of answers.filter(({ status }) => status === 409)) {
    expectRefusal(answer, 409, 'TICKET_STALE');
    expect(answer.body.version).toBe(version + 1);
  }
  const winner = answers.find(({ status }) => status === 200)!;
  expect((await rowsOf(desk.db, id))!.ticket).toMatchObject({
    subject: winner.body.subject,
    version: version + 1,
  });
});

test('no tag that was accepted is lost', async () => {
  const { id } = await createTicket(desk.server);
  const tag = (n: number) => desk.admin.post('/tickets/bulk', { ids: [id], action: 'tag', tag: `tag-${n}` });
  const answers = await times(10, tag);
  const accepted = answers.flatMap(({ body }, n) => (body[0].ok ? [`tag-${n}`] : []));
  expect(accepted.length).toBeGreaterThan(0);
  expect((await rowsOf(desk.db, id))!.ticket.tags.sort()).toEqual(accepted.sort());
});

test('tickets that are opened at once have numbers of their own', async () => {
  const tickets = await times(60, () => createTicket(desk.server));
  expect(new Set(tickets.map(({ created }) => created.number)).size).toBe(60);
});

describe('verbs that race', () => {
  test('two transfers by the owner: one', async () => {
    const { id } = await createTicketIn(desk.server, 'pending', { owner: desk.admin, heirId: 0 });
    const heirs = [desk.colleague.id, desk.boss.id];
    const answers = await times(10, (n) =>
      desk.admin.post(`/tickets/${id}/transfer`, { toAdminId: heirs[n % 2] }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.every(({ status }) => [200, 400, 403].includes(status))).toBe(true);
    expect((await rowsOf(desk.db, id))!.transfers).toHaveLength(1);
  });

  test('everything at once on a few tickets leaves a legal history', async () => {
    const tickets = await times(4, () => createTicket(desk.server, { callType: 'video' }));
    const staff = [desk.admin, desk.colleague, desk.boss];
    const acts = tickets.flatMap(({ id, donor, donorId, created }) => {
      const at = `/tickets/${id}`;
      return staff.flatMap((who, n) => [
        () => who.put(`${at}/assign`),
        () => who.post(`${at}/transfer`, { toAdminId: staff[(n + 1) % 3]!.id }),
        () => who.put(`${at}/resolve`),
        () => who.put(`${at}/reopen`),
        () => who.put(`${at}/close`),
        () => who.put(`${at}/cancel`),
        () => who.post('/calls', { ticketId: id, callType: 'audio', initiatedBy: 'admin' }),
        () => who.post(`/calls/${created.activeCallId}/join`),
        () => who.post(`/calls/${created.activeCallId}/end`),
        () => who.post(`${at}/messages`, { content: 'From staff' }),
        () => who.put(at, { status: 'waiting_for_donor' }),
        () => donor.post(`${at}/messages`, { content: 'From the donor' }),
        () => donor.put(`${at}/donor/${donorId}/resolve`),
        () => donor.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'donor' }),
      ]);
    });
    // A fixed shuffle: neighbours work on different tickets.
    const order = acts
      .map((act, n) => ({ act, key: (n * 7919) % acts.length }))
      .sort((a, b) => a.key - b.key);
    const answers = await Promise.all(order.map(({ act }) => act()));
    expect(answers.filter(({ status }) => status >= 500).map(({ body }) => body)).toEqual([]);
    await expectInvariants(desk.db);
  });

  test('a ticket that is deleted while people write to it is gone whole', async () => {
    const { id, donor } = await createTicket(desk.server, { callType: 'video' });
    const posts = times(20, () => donor.post(`/tickets/${id}/messages`, { content: 'Still here' }));
    const deleted = desk.boss.delete(`/tickets/${id}`);
    const statuses = tally([...(await posts), await deleted]);
    expect(Object.keys(statuses).every((status) => ['200', '201', '404'].includes(status))).toBe(true);
    expect(await rowsOf(desk.db, id)).toBeNull();
    const { rows } = await desk.db.query(
      `SELECT (SELECT count(*)::int FROM messages WHERE ticket_id = $1) + (SELECT count(*)::int FROM ticket_events WHERE ticket_id = $1)
            + (SELECT count(*)::int FROM calls WHERE ticket_id = $1) AS left`,
      [id],
    );
    expect(rows[0].left).toBe(0);
  });

  test('a reply and an accept: one owner', async () => {
    const { id } = await createTicket(desk.server);
    await Promise.all([postMessage(desk.admin, id), desk.colleague.put(`/tickets/${id}/assign`)]);
    const { events } = (await rowsOf(desk.db, id))!;
    expect(events.filter(({ type }) => type === 'ticket.assigned')).toHaveLength(1);
    await expectInvariants(desk.db);
  });
});
