import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { URGENT_PRIORITY } from '../../src/platform/jobs/job-queues.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { until } from '../support/job-nodes.js';
import { openNotifyingDesk, phoneOf, untilTold, type NotifyingDesk } from '../support/notices.js';

const HOUR_S = 3_600;
const MANY = 50;

let desk: NotifyingDesk;
beforeAll(async () => {
  jest.spyOn(Jobs.prototype, 'pollSeconds', 'get').mockReturnValue(HOUR_S);
  desk = await openNotifyingDesk();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await desk.close();
});

describe('many events at once', () => {
  let phone: string;
  let ticketId: string;
  beforeAll(async () => {
    phone = await phoneOf(desk.admin, 'users', 'phone-of-ada');
    const ticket = await createTicket(desk.server);
    ticketId = ticket.id;
    await ok(desk.admin.put(`/tickets/${ticketId}/assign`));
    await untilTold(desk.db, ticketId);
    const posts = Array.from({ length: MANY }, (_, n) =>
      ok(ticket.donor.post(`/tickets/${ticketId}/messages`, { content: `message ${n}` }), 201),
    );
    await Promise.all(posts);
    await ok(ticket.donor.post(`/tickets/${ticketId}/call-requests`, { mode: 'audio' }), 201);
  });

  const pushesOf = (kind: string) => desk.fcm.to(phone).filter(({ data }) => data['kind'] === kind);

  test('are all pushed without a single look by the clock', async () => {
    await until(() => pushesOf('donor_message').length >= MANY && pushesOf('call_requested').length > 0);
    await untilTold(desk.db, ticketId);
    expect(new Set(pushesOf('donor_message').map(({ notification }) => notification.body)).size).toBe(MANY);
    expect([pushesOf('donor_message').length, pushesOf('call_requested').length]).toEqual([MANY, 1]);
  });

  test('are told without a second try: mails that carry the same messages wait for each other', async () => {
    const { rows } = await desk.db.query(
      `SELECT name, data, output FROM pgboss.job WHERE name LIKE 'notifications.%' AND retry_count > 0`,
    );
    expect(rows).toEqual([]);
  });

  test('are overtaken by a call, when they are planned and when they are sent', async () => {
    const { rows: plans } = await desk.db.query<{ type: string; priority: number }>(
      `SELECT DISTINCT data->>'type' AS type, priority FROM pgboss.job
        WHERE name = 'notifications.plan' AND data->>'type' IN ('message.posted', 'call.requested') ORDER BY 1`,
    );
    expect(plans).toEqual([
      { type: 'call.requested', priority: URGENT_PRIORITY },
      { type: 'message.posted', priority: 0 },
    ]);
    const { rows: sent } = await desk.db.query<{ kind: string; channel: string; priority: number }>(
      `SELECT DISTINCT d.kind, d.channel, j.priority FROM pgboss.job j JOIN deliveries d ON d.id::text = j.data->>'id'
        WHERE j.name = 'notifications.deliver' AND d.kind IN ('donor_message', 'call_requested')
        ORDER BY d.kind, d.channel`,
    );
    expect(sent).toEqual([
      { kind: 'call_requested', channel: 'push', priority: URGENT_PRIORITY },
      { kind: 'donor_message', channel: 'mail', priority: 0 },
      { kind: 'donor_message', channel: 'push', priority: 0 },
    ]);
  });
});
