import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { endLogins, endTokens } from '../../src/domain/staff/sessions/staff-logins.queries.js';
import { endSession } from '../../src/domain/donors/sessions/donor-sessions.queries.js';
import { Database } from '../../src/platform/database/database.service.js';
import { createTicket } from '../factories/ticket.factory.js';
import { videoConfig } from '../support/app.js';
import { openDesk, type Desk } from '../support/desk.js';
import { FakeDaily } from '../support/fake-daily.js';
import { until } from '../support/job-nodes.js';
import { provisionStaff } from '../support/staff-people.js';

let daily: FakeDaily;
let desk: Desk;
let database: Database;
beforeAll(async () => {
  daily = await FakeDaily.start();
  desk = await openDesk({
    video: videoConfig({ provider: 'daily', dailyApiKey: daily.apiKey, dailyApiUrl: daily.url }),
  });
  database = desk.server.app.get(Database);
});
afterAll(async () => {
  await desk.close();
  await daily.close();
});

const waiting = async () =>
  (await desk.db.query<{ n: number }>('SELECT count(*)::int AS n FROM outbox')).rows[0]!.n;

/** Nobody in the process hears of what is done to the database directly, as after a crash between commit and reaction. */
test('what a transaction left in the outbox has its consequences, though no process heard of it', async () => {
  const gone = await provisionStaff(desk);
  const { created } = await createTicket(desk.server, { callType: 'video' });
  await database.$transaction(async (tx) => {
    await endTokens(tx, gone.id);
    await endLogins(tx, gone.id);
  });
  await until(() => daily.banned.has(created.call.roomName));
  expect(daily.banned.get(created.call.roomName)).toContain(`staff-${gone.id}.0`);
  expect(await waiting()).toBe(0);
});

test('a transaction that fails leaves nothing there', async () => {
  const staff = await provisionStaff(desk);
  const failing = database.$transaction(async (tx) => {
    await endTokens(tx, staff.id);
    expect(await tx.outboxEvent.count()).toBe(1);
    throw new Error('stop');
  });
  await expect(failing).rejects.toThrow('stop');
  expect(await waiting()).toBe(0);
});

test('the end of a donor session is there with the change, once for each end', async () => {
  const { id } = await createTicket(desk.server);
  const { donorSessionId } = await database.ticket.findUniqueOrThrow({ where: { id } });
  const sessionId = donorSessionId!;
  const seen = await database.$transaction(async (tx) => {
    await endSession(tx, sessionId);
    await endSession(tx, sessionId);
    return tx.outboxEvent.findMany({ select: { streamType: true, streamId: true, type: true } });
  });
  expect(seen).toEqual([{ streamType: 'donor_session', streamId: sessionId, type: 'donor_session.ended' }]);
  await until(async () => (await waiting()) === 0);
});
