import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { bearerOf } from './bearer.js';
import { SocketPerson } from './socket-person.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test('a change of the settings reaches staff at once, once, and no donor', async () => {
  const { donor } = await createTicket(desk.server);
  const [staff, outside] = [desk.admin, donor].map(
    (one) => new SocketPerson(desk.server.url, bearerOf(one)),
  ) as [SocketPerson, SocketPerson];
  expect([await staff.connected(), await outside.connected()]).toEqual([undefined, undefined]);
  const { version } = await ok(desk.boss.get('/desk/settings'));
  const change = { name: 'Clearspring', colour: '#7a1f5c' };
  await ok(desk.boss.patch('/desk/settings', { version, ...change }));
  expect(await staff.next('desk:updated')).toEqual({ ...change, logoUrl: null });
  await outside.settle();
  expect(outside.payloads('desk:updated')).toEqual([]);
  expect(staff.payloads('desk:updated')).toHaveLength(1);
  staff.close();
  outside.close();
});
