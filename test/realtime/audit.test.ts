import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { delegated } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { openDesk, type Desk } from '../support/desk.js';
import { bearerOf } from './bearer.js';
import { Crowd } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);
const behindProxy = { extraHeaders: { 'x-forwarded-for': '203.0.113.7' } };

beforeAll(async () => {
  desk = await openDesk({ trustedProxies: ['127.0.0.1'] });
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

/** Entries of refusals are written after the answer. */
async function entry(action: string): Promise<unknown> {
  for (let round = 0; round < 500; round++) {
    const { rows } = await desk.db.query(
      `SELECT actor_type, subject, ip, via FROM audit_log WHERE action = $1`,
      [action],
    );
    if (rows.length > 0) return rows[0];
    await sleep(20);
  }
  throw new Error(`never an entry for ${action}`);
}

test('audit entries of what happened at a socket say so, with the address behind it', async () => {
  const { donor } = await createTicket(desk.server);
  const person = await crowd.enter(bearerOf(donor), behindProxy);
  expect(await person.ask('admin_join_ticket_monitor', {})).toMatchObject({ error: 'FORBIDDEN' });
  expect(await entry('access.denied')).toEqual({
    actor_type: 'donor',
    subject: 'socket admin_join_ticket_monitor',
    ip: '203.0.113.7',
    via: 'socket',
  });
});

test('audit entries of somebody who is first seen in a handshake say so as well', async () => {
  const agent = await delegated(desk.server, { role: 'AGENT' });
  await crowd.enter(agent.token, behindProxy);
  expect(await entry('user.provisioned')).toMatchObject({ ip: '203.0.113.7', via: 'socket' });
});
