import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { startPostgres, type PrivatePostgres } from '../support/database.js';
import { FakeDaily } from '../support/fake-daily.js';
import type { VendorFault } from '../support/fake-vendor.js';
import { Judge } from '../support/judge.js';
import { printedSeed } from '../support/judge-random.js';

jest.setTimeout(240_000);

const FAULTS: VendorFault[] = [
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

test('a ticket is never lost or refused because Daily is unavailable, and its call follows, once', async () => {
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

  const { rows: calls } = await judge.db.query<{ id: string; ticketId: string; room: string }>(
    'SELECT id, ticket_id AS "ticketId", room_name AS room FROM calls WHERE ticket_id = ANY ($1)',
    [tickets],
  );
  expect(calls.map(({ ticketId }) => ticketId).sort()).toEqual(tickets.sort());
  expect([...daily.rooms.keys()]).toEqual(expect.arrayContaining(calls.map(({ room }) => room)));

  for (const { id } of calls) {
    const end = { method: 'POST', path: `/api/v1/calls/${id}/end` };
    expect(await judge.sender.send(judge.url, end)).toMatchObject({ status: 200 });
  }
  while (calls.some(({ room }) => daily.rooms.has(room))) await sleep(50);
});
