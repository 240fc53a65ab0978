import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AgeingJob } from '../../src/domain/ageing/ageing.job.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { rowsOf } from '../support/ticket-rows.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const run = () => desk.server.app.get(AgeingJob, { strict: false }).run();

async function set(days: { autoCloseDays?: number | null; retentionDays?: number | null }): Promise<void> {
  const { version } = await ok(desk.boss.get('/desk/settings'));
  await ok(desk.boss.patch('/desk/settings', { version, ...days }));
}

/** A ticket that ended so many days ago. */
async function ended(how: 'resolve' | 'close' | 'cancel', days: number): Promise<TicketFixture> {
  const ticket = await createTicket(desk.server);
  await ok(desk.admin.put(`/tickets/${ticket.id}/${how}`));
  const column = how === 'resolve' ? 'resolved_at' : 'closed_at';
  await desk.db.query(
    `UPDATE tickets SET ${column} = now() - make_interval(days => $2, secs => -60) - interval '2 minutes' WHERE id = $1`,
    [ticket.id, days],
  );
  return ticket;
}

const statusOf = async ({ id }: TicketFixture): Promise<unknown> =>
  (await rowsOf(desk.db, id))?.ticket.status;

beforeEach(() => set({ autoCloseDays: null, retentionDays: null }));

describe('tickets that stay resolved', () => {
  test('are closed after the days of the settings, by Concierge, and without a word', async () => {
    await set({ autoCloseDays: 7 });
    const [due, young, open] = [
      await ended('resolve', 7),
      await ended('resolve', 6),
      await createTicket(desk.server),
    ];
    const lines = () => ok(due.donor.get(`/tickets/${due.id}/messages`));
    const before = await lines();
    await run();
    expect([await statusOf(due), await statusOf(young), await statusOf(open)]).toEqual([
      'closed',
      'resolved',
      'new',
    ]);
    const { events } = await ok(desk.admin.get(`/tickets/${due.id}/events?after=0`));
    expect(events.at(-1)).toMatchObject({
      type: 'ticket.status_changed',
      from: 'resolved',
      to: 'closed',
      actor: { type: 'system' },
    });
    expect(await lines()).toEqual(before);
    await run();
    expect((await ok(desk.admin.get(`/tickets/${due.id}/events?after=0`))).events).toHaveLength(
      events.length,
    );
  });

  test('stay as they are where the settings say nothing, and once somebody has come back', async () => {
    const kept = await ended('resolve', 400);
    await run();
    expect(await statusOf(kept)).toBe('resolved');
    await set({ autoCloseDays: 1 });
    await ok(desk.admin.put(`/tickets/${kept.id}/reopen`));
    await run();
    expect(await statusOf(kept)).toBe('pending');
  });
});

describe('tickets that ended long ago', () => {
  test('are deleted after the days of the settings, with an entry in the audit log', async () => {
    await set({ retentionDays: 30 });
    const [closed, cancelled] = [await ended('close', 30), await ended('cancel', 31)];
    const [young, resolved] = [await ended('close', 29), await ended('resolve', 400)];
    await run();
    expect([await statusOf(closed), await statusOf(cancelled)]).toEqual([undefined, undefined]);
    expect([await statusOf(young), await statusOf(resolved)]).toEqual(['closed', 'resolved']);
    const { rows } = await desk.db.query(
      `SELECT subject, actor_type FROM audit_log WHERE action = 'ticket.deleted' AND subject = ANY($1) ORDER BY id`,
      [[closed.id, cancelled.id]],
    );
    expect(rows).toEqual(
      expect.arrayContaining([closed, cancelled].map(({ id }) => ({ subject: id, actor_type: 'system' }))),
    );
    expect((await desk.admin.get(`/tickets/${closed.id}`)).status).toBe(404);
  });

  test('stay where the settings say nothing, and where staff bring them back', async () => {
    const kept = await ended('close', 4_000);
    await run();
    expect(await statusOf(kept)).toBe('closed');
    await set({ retentionDays: 30 });
    await ok(desk.admin.put(`/tickets/${kept.id}/reopen`));
    await run();
    expect(await statusOf(kept)).toBe('pending');
  });
});

test.each([
  { autoCloseDays: 0 },
  { autoCloseDays: 366 },
  { autoCloseDays: 1.5 },
  { retentionDays: 29 },
  { retentionDays: 3_651 },
  { retentionDays: '30' },
])('%p is refused', async (days) => {
  const { version } = await ok(desk.boss.get('/desk/settings'));
  expectRefusal(await desk.boss.patch('/desk/settings', { version, ...days }), 400, 'BAD_REQUEST');
});
