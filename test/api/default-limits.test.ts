import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  // The defaults of LIMIT_TICKETS, LIMIT_READS and LIMIT_MESSAGES.
  desk = await openDesk({ limits: { tickets: 3, reads: 30, messages: 15, logins: 5, staff: 600 } });
});
afterAll(() => desk.close());

async function times(count: number, ask: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  while (answers.length < count) answers.push(await ask());
  return answers;
}

describe('the default limits, a minute', () => {
  const walks: [string, number, number, (kim: Client, ticketId: string) => Promise<Answer>][] = [
    ['POST /tickets', 3, 201, (kim) => kim.post('/tickets', { topic: 'x', description: 'y' })],
    ['GET /tickets', 30, 200, (kim) => kim.get('/tickets')],
    ['GET /tickets/:id', 30, 200, (kim, id) => kim.get(`/tickets/${id}`)],
    ['GET messages', 15, 200, (kim, id) => kim.get(`/tickets/${id}/messages`)],
    ['POST messages', 15, 201, (kim, id) => kim.post(`/tickets/${id}/messages`, { content: 'x' })],
  ];
  test.each(walks)('%s: %i', async (_, limit, status, ask) => {
    const kim = await delegated(desk.server);
    const owner = await delegated(desk.server, { id: kim.id });
    const ticketId =
      status === 201 && limit === 3 ? '' : (await ok(owner.client.post('/tickets', { topic: 'x' }), 201)).id;
    const answers = await times(limit + 1, () => ask(kim.client, ticketId));
    expect(answers.slice(0, limit).map((answer) => answer.status)).toEqual(Array(limit).fill(status));
    const last = answers.at(-1)!;
    expectRefusal(last, 429, 'RATELIMIT');
    expect(last.body.message).toMatch(
      new RegExp(`^You are being ratelimited,? only ${limit} requests? are allowed`),
    );
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

test('reading messages is a read like others for anyone who has no delegated token', async () => {
  const { id, donor } = await createTicket(desk.server);
  const answers = await times(31, () => donor.get(`/tickets/${id}/messages`));
  expect(answers.map(({ status }) => status)).toEqual([...Array(30).fill(200), 429]);
});

describe('the errors of the limits', () => {
  test('have its fields, whatever went wrong', async () => {
    const kim = await delegated(desk.server);
    const invalid = await kim.client.post('/tickets', { topic: 7 });
    expectRefusal(invalid, 400, 'BAD_REQUEST', '/tickets');
    expect(invalid.body.errors).toContainEqual(
      expect.objectContaining({ location: 'topic', message: expect.any(String), type: expect.any(String) }),
    );
    expectRefusal(await desk.link.get('/tickets'), 401, 'UNAUTHORIZED', '/tickets');
    const admin = await desk.admin.get('/users');
    expect(admin.status).toBe(200);
    expectRefusal(
      await kim.client.post('/tickets', { topic: 'x', donorId: 'lee' }),
      403,
      'FORBIDDEN',
      '/tickets',
    );
    const foreign = await createTicket(desk.server);
    expectRefusal(await kim.client.get(`/tickets/${foreign.id}`), 404, 'NOT_FOUND');
  });
});

test('tokens that open nothing are answered 429 in the end, and only those', async () => {
  const narrow = await openDesk({ limits: { ...desk.server.config.limits, staff: 20 } });
  try {
    const kim = await delegated(narrow.server);
    const bad = new Client(narrow.server, { authorization: 'Bearer nonsense' });
    const answers = await times(22, () => bad.get('/tickets/categories'));
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(401), 429, 429]);
    expectRefusal(answers.at(-1)!, 429, 'RATELIMIT');
    expect(await ok(kim.client.get('/tickets'))).toEqual([]);
    expect((await narrow.link.get('/tickets/categories')).status).toBe(200);
  } finally {
    await narrow.close();
  }
});
