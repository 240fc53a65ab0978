import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { queueSlice } from '../../src/domain/tickets/reading/ticket-queue.queries.js';
import { Prisma } from '../../src/platform/database/generated/client.js';
import { createTicket } from '../factories/ticket.factory.js';
import { expectRefusal, ok, type Answer } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => desk.db.query('DELETE FROM tickets'));
afterAll(() => desk.close());

/** Tickets in a row: every fifth is pending, every seventh urgent, every eleventh waits for nobody; no two wait equally long. */
async function fill(count: number): Promise<void> {
  await desk.db.query(
    `INSERT INTO tickets (id, donor_id, status, admin_id, priority, waiting_since, updated_at, subject)
     SELECT gen_random_uuid(), 'd', CASE WHEN n % 5 = 0 THEN 'pending' ELSE 'new' END, CASE WHEN n % 5 = 0 THEN $2::int END,
            CASE WHEN n % 7 = 0 THEN 'urgent' WHEN n % 3 = 0 THEN 'high' WHEN n % 2 = 0 THEN 'medium' ELSE 'low' END,
            CASE WHEN n % 11 <> 0 THEN now() - (n * 7919 % 10007) * interval '1 minute' END,
            now() - (n * 31 % 1009) * interval '1 minute', 'Ticket ' || n
       FROM generate_series(1, $1::int) n`,
    [count, desk.admin.id],
  );
}

type Ticket = Record<'id' | 'priority' | 'updatedAt', string> & { waitingSince: string | null };

const RANKS = ['urgent', 'high', 'medium', 'low'];

/** The order of the queue, in words of its own. */
function inOrder(tickets: readonly Ticket[]): string[] {
  const waiting = tickets.filter(({ waitingSince }) => waitingSince !== null);
  const others = tickets.filter(({ waitingSince }) => waitingSince === null);
  const key = ({ priority, waitingSince }: Ticket) => `${RANKS.indexOf(priority)} ${waitingSince}`;
  waiting.sort((a, b) => (key(a) < key(b) ? -1 : 1));
  others.sort((a, b) => (a.updatedAt > b.updatedAt || (a.updatedAt === b.updatedAt && a.id > b.id) ? -1 : 1));
  return [...waiting, ...others].map(({ id }) => id);
}

const idsOf = (tickets: readonly Ticket[]): string[] => tickets.map(({ id }) => id);

async function walk(first: string): Promise<Ticket[]> {
  const all: Ticket[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const answer: Answer = await desk.boss.get(path);
    expect(answer.status).toBe(200);
    all.push(...answer.body);
    path = /^<\/api\/v1(\/tickets\?[^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return all;
}

describe('GET /tickets?sort=queue', () => {
  test('with 500 open tickets the ten that wait longest at the highest urgency are the first ten', async () => {
    await fill(500);
    const { rows } = await desk.db.query<{ id: string }>(
      `SELECT id FROM tickets WHERE priority = 'urgent' AND waiting_since IS NOT NULL ORDER BY waiting_since LIMIT 10`,
    );
    expect(rows).toHaveLength(10);
    const first = await ok(desk.admin.get('/tickets?sort=queue&limit=10'));
    expect(idsOf(first)).toEqual(rows.map(({ id }) => id));
  });

  test('goes on by cursor without gap or repetition, through those who wait and those who do not', async () => {
    await fill(60);
    const tickets = await walk('/tickets?sort=queue&limit=7');
    expect(tickets).toHaveLength(60);
    expect(idsOf(tickets)).toEqual(inOrder(tickets));
    const pending = await walk('/tickets?sort=queue&limit=4&status=pending');
    expect(pending).toHaveLength(12);
    expect(idsOf(pending)).toEqual(inOrder(pending));
    const third = await ok(desk.admin.get('/tickets?sort=queue&limit=20&page=3'));
    expect(idsOf(third)).toEqual(idsOf(tickets).slice(40));
  });

  test('is for staff: donors do not learn how urgent others are', async () => {
    const { donor } = await createTicket(desk.server);
    const answer = await donor.get('/tickets?sort=queue');
    expectRefusal(answer, 400, 'BAD_REQUEST', '/tickets');
    expect(answer.body.errors).toMatchObject([{ location: 'sort' }]);
  });

  test('leaves the default of clients as it was', async () => {
    await fill(20);
    const tickets: Ticket[] = await ok(desk.admin.get('/tickets'));
    const times = tickets.map(({ updatedAt }) => updatedAt);
    expect(times).toEqual([...times].sort().reverse());
  });

  test('is answered by its index, and by that of a status', async () => {
    await fill(5_000);
    await desk.db.query('VACUUM ANALYZE tickets');
    const planOf = async (conditions: Prisma.Sql[]): Promise<string> => {
      const { text, values } =
        Prisma.sql`EXPLAIN SELECT id FROM (${queueSlice({ conditions, limit: 50 })}) AS t`;
      const { rows } = await desk.db.query<{ 'QUERY PLAN': string }>(text, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    expect(await planOf([])).toContain('Index Scan using tickets_queue on');
    expect(await planOf([Prisma.sql`t.status = 'pending'`])).toContain('using tickets_queue_of_status on');
  });
});

describe('GET /tickets/dashboard', () => {
  test('has new and pending tickets as queues, and the others newest first', async () => {
    await fill(300);
    await desk.db.query(
      `INSERT INTO tickets (id, donor_id, status, admin_id, priority, waiting_since, updated_at)
       SELECT gen_random_uuid(), 'd', 'waiting_for_donor', $1, CASE WHEN n = 3 THEN 'urgent' ELSE 'low' END, NULL,
              now() - n * interval '1 minute' FROM generate_series(1, 5) n`,
      [desk.admin.id],
    );
    const all = await walk('/tickets?limit=100');
    const expected = (status: string): string[] =>
      inOrder(all.filter((ticket) => 'status' in ticket && ticket.status === status)).slice(0, 50);
    for (const person of [desk.boss, desk.admin]) {
      const board = await ok(person.get('/tickets/dashboard'));
      expect(idsOf(board.newTickets)).toEqual(expected('new'));
      expect(idsOf(board.pendingTickets)).toEqual(expected('pending'));
      expect(idsOf(board.waitingTickets)).toEqual(expected('waiting_for_donor'));
    }
    const others = await ok(desk.colleague.get('/tickets/dashboard'));
    expect(others.pendingTickets).toEqual([]);
    expect(idsOf(others.newTickets)).toEqual(expected('new'));
  });
});
