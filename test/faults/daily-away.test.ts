import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { startPostgres, type PrivatePostgres } from '../support/database.js';
import { FakeDaily, type DailyFault } from '../support/fake-daily.js';
import { Judge } from '../support/judge.js';
import { printedSeed } from '../support/judge-random.js';

jest.setTimeout(240_000);

const FAULTS: DailyFault[] = [
  { kind: 'hang' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, headers: { 'retry-after': '1' } },
  { kind: 'garbage' },
  { kind: 'cut' },
  { kind: 'lost-answer' },
];
const TICKETS_EACH = 3;

let postgres: PrivatePostgres;
let daily: FakeDaily;
let judge: Judge;

beforeEach(async () => {
  postgres = await startPostgres();
  daily = await FakeDaily.start();
}, 60_000);
afterEach(async () => {
  await judge.close();
  await daily.close();
  await postgres.remove();
});

async function createTicket(): Promise<string> {
  const body = { donorId: 'd', donorEmail: 'd@example.org', callType: 'video' };
  const outcome = await judge.sender.send(judge.url, { method: 'POST', path: '/api/v1/tickets', body });
  expect(outcome).toMatchObject({
    kind: 'answered',
    status: 201,
    body: { status: 'new', call: null, callPending: true },
  });
  return outcome.kind === 'answered' ? String(outcome.body.id) : '';
}

/** Rooms at Daily against calls in the database. */
async function rooms(): Promise<{ open: string[]; atDaily: string[]; ended: string[] }> {
  const { rows } = await judge.db.query<{ name: string; status: string }>(
    'SELECT room_name AS name, status FROM calls ORDER BY room_name',
  );
  const named = (status: string) => rows.filter((row) => row.status === status).map(({ name }) => name);
  return { open: named('active'), ended: named('ended'), atDaily: [...daily.rooms.keys()].sort() };
}

test('a ticket is never lost or refused because Daily is away, and its call follows, once', async () => {
  judge = await Judge.open({
    database: await postgres.createDatabase(),
    seed: printedSeed('Daily away'),
    env: { VIDEO_PROVIDER: 'daily', DAILY_API_KEY: daily.apiKey, DAILY_API_URL: daily.url },
  });
  const { writers } = judge;
  writers.go();
  await writers.untilAcked(20);
  const tickets: string[] = [];
  for (const fault of FAULTS) {
    daily.failAlways(fault);
    tickets.push(...(await Promise.all(Array.from({ length: TICKETS_EACH }, createTicket))));
    await writers.untilAcked(10);
  }
  void judge.product.kill();
  await judge.untilDead();
  await judge.untilQuiet();
  expect(await judge.inspect()).toEqual([]);
  await judge.start();
  daily.heal();
  expect(await judge.conclude()).toEqual([]);

  const { rows } = await judge.db.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM calls WHERE ticket_id = ANY ($1) GROUP BY ticket_id',
    [tickets],
  );
  expect(rows).toEqual(tickets.map(() => ({ count: 1 })));
  const { open, atDaily, ended } = await rooms();
  expect(atDaily).toEqual(expect.arrayContaining(open));
  expect(atDaily.filter((name) => ended.includes(name))).toEqual([]);
});
