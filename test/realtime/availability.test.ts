import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Availability } from '../../src/contract/roles.js';
import { Presence } from '../../src/reactions/realtime/presence/presence.js';
import { RealtimeTiming } from '../../src/reactions/realtime/server/realtime-timing.js';
import { SOCKET_SERVER, type SocketServer } from '../../src/reactions/realtime/server/socket-state.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk, type Person } from '../support/desk.js';
import { until } from '../support/job-nodes.js';
import { bearerOf } from './bearer.js';
import { Crowd } from './socket-person.js';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);

beforeAll(async () => {
  desk = await openDesk();
  find(RealtimeTiming).presenceGrace = 0;
});
afterEach(() => crowd.leave());
afterAll(() => desk.close());

const find = <T>(what: abstract new (...parameters: never[]) => T): T =>
  desk.server.app.get(what as never, { strict: false });
const choose = (person: Person, availability: Availability) =>
  ok(person.put('/users/me/availability', { availability }));
const canCall = async (): Promise<boolean> => (await ok(desk.link.get('/desk'))).canCall;

/** How available somebody is, wherever the API says it. */
async function seen({ id, ...person }: Person): Promise<Set<string>> {
  const [mine, login, one, everybody, listed] = await Promise.all([
    ok(desk.admin.get('/users/me')),
    ok(desk.admin.get('/auth/me')),
    ok(desk.colleague.get(`/users/${id}`)),
    ok(desk.boss.get('/users')),
    ok(desk.colleague.get('/users?availability=online')),
  ]);
  const isListed = listed.some((user: Person) => user.id === id);
  const all = everybody.find((user: Person) => user.id === id);
  const own = person.username === desk.admin.username ? [mine, login] : [];
  const states = [...own, one, all].map(({ availability }) => availability as string);
  return new Set([...states, ...(isListed === states.includes('online') ? [] : ['listed wrongly'])]);
}

async function leave(): Promise<void> {
  crowd.leave();
  const server = desk.server.app.get<SocketServer>(SOCKET_SERVER, { strict: false });
  await until(() => server.sockets.sockets.size === 0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await find(Presence).refresh();
}

test('staff are available while they have a socket, and as they chose; colleagues see no choice', async () => {
  expect(await seen(desk.admin)).toEqual(new Set(['offline']));
  await crowd.enter(bearerOf(desk.admin));
  expect(await seen(desk.admin)).toEqual(new Set(['online']));
  expect(await choose(desk.admin, 'away')).toMatchObject({
    availability: 'away',
    chosenAvailability: 'away',
  });
  expect(await seen(desk.admin)).toEqual(new Set(['away']));
  await choose(desk.admin, 'offline');
  expect(await seen(desk.admin)).toEqual(new Set(['offline']));
  await choose(desk.admin, 'online');
  await leave();
  expect(await seen(desk.admin)).toEqual(new Set(['offline']));
  expect(await ok(desk.admin.get('/users/me'))).toMatchObject({ chosenAvailability: 'online' });
  expect(await ok(desk.colleague.get(`/users/${desk.admin.id}`))).not.toHaveProperty('chosenAvailability');
});

test('everybody learns whether somebody can take a call, and not who or how many', async () => {
  await until(async () => !(await canCall()));
  const { headers } = await desk.link.get('/desk');
  await crowd.enter(bearerOf(desk.colleague));
  await until(canCall);
  const again = await desk.link.ask('GET', '/desk', undefined, { 'if-none-match': headers.get('etag')! });
  expect(again).toMatchObject({ status: 200, body: { canCall: true } });
  expect(JSON.stringify(again.body)).not.toContain(desk.colleague.name);
  for (const choice of ['away', 'offline'] as const) {
    await choose(desk.colleague, choice);
    await until(async () => !(await canCall()));
    await choose(desk.colleague, 'online');
    await until(canCall);
  }
  await leave();
  await until(async () => !(await canCall()));
});
