import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from 'redis';
import { ActorResolver } from '../../src/domain/auth/actor-resolver.js';
import { MessagePosting } from '../../src/domain/messages/message-posting.service.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Cluster } from '../../src/reactions/realtime/server/cluster.js';
import { Presence } from '../../src/reactions/realtime/presence/presence.js';
import type { RedisCluster } from '../../src/reactions/realtime/server/redis-cluster.adapter.js';
import { TicketHeads } from '../../src/reactions/realtime/broadcast/ticket-heads.js';
import { startCall } from '../factories/call.factory.js';
import { postMessage } from '../factories/message.factory.js';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import type { Connection } from '../../web/client/live/connection.js';
import { startApp, startAppOn, type TestApp } from '../support/app.js';
import { Client, ok } from '../support/client.js';
import { httpRequest } from '../support/http.js';
import { describeWithRedis, RedisServer } from '../support/redis.js';
import { connect, TicketViewer, until } from '../support/ticket-viewer.js';
import { bearerOf } from './bearer.js';
import { Crowd, type SocketPerson } from './socket-person.js';

/** A way in which Redis is not there, and how to post meanwhile. */
interface Trouble {
  is: string;
  away(): Promise<unknown>;
  back(): Promise<unknown>;
  post(ticket: TicketFixture): Promise<unknown>;
}

describeWithRedis('two processes over Redis', () => {
  let redis: RedisServer;
  let pid: number;
  let here: TestApp;
  let there: TestApp;
  let ada: SignedInStaff;
  let boss: SignedInStaff;
  let connection: Connection | undefined;
  const crowd = new Crowd(() => here.url);

  beforeAll(async () => {
    redis = await RedisServer.start();
    here = await startApp({ redisUrl: redis.url });
    const { secrets } = here.config;
    there = await startAppOn(here.database, { redisUrl: redis.url, secrets });
    ada = await createStaff(here.app, { name: 'Ada' });
    boss = await createStaff(here.app, { name: 'Cleo', role: 'SUPER_ADMIN' });
    await crossing();
  });
  afterEach(() => {
    crowd.leave();
    connection?.close();
  });
  afterAll(async () => {
    await there.app.close();
    await here.close();
    await redis.kill();
  });

  async function enterThere(token?: string): Promise<SocketPerson> {
    const person = crowd.knock(token, {}, there.url);
    expect(await person.connected()).toBeUndefined();
    return person;
  }

  /** Findings hold for five seconds; the suite's timeout is the bound. */
  async function healthOfRedis(status: string): Promise<void> {
    for (;;) {
      const answer = await httpRequest(`${here.url}/health/advanced`);
      const { parts } = (await answer.json()) as { parts: Record<string, { status: string }> };
      if (parts.redis?.status === status) return;
      await sleep(250);
    }
  }

  /** Posts here until it is heard there: the processes have found each other. */
  async function crossing(): Promise<void> {
    const ticket = await createTicket(here);
    const far = await enterThere(bearerOf(ticket.donor));
    await far.must('join_ticket', { ticketId: ticket.id });
    let posting = Promise.resolve();
    await until(() => {
      posting = posting.then(async () => {
        if (far.payloads('message').length === 0) await postMessage(ticket.donor, ticket.id);
      });
      return far.payloads('message').length > 0;
    });
    await posting;
  }

  /** Posts past the limits, which have tests of their own for a Redis that does not answer. */
  async function postPastTheLimits(ticket: TicketFixture): Promise<void> {
    const donor = await here.app.get(ActorResolver, { strict: false }).fromBearer(bearerOf(ticket.donor));
    await here.app
      .get(MessagePosting, { strict: false })
      .post(donor, ticket.id, { id: randomUUID(), content: 'Hello' });
  }

  /** Redis names its own process, so that it can be held: it keeps its connections and answers nobody. */
  async function processOfRedis(): Promise<number> {
    const client = createClient({ url: redis.url });
    await client.connect();
    const info = await client.info('server');
    client.destroy();
    return Number(/process_id:(\d+)/.exec(info)?.[1]);
  }

  /** What people wrote, as far as Redis keeps it for processes that are behind. */
  async function eventsInRedis(): Promise<string> {
    const client = createClient({ url: redis.url });
    await client.connect();
    const entries = await client.xRange('concierge:sockets', '-', '+');
    client.destroy();
    return JSON.stringify(entries);
  }

  async function pair(ticket: TicketFixture): Promise<[SocketPerson, SocketPerson]> {
    const near = await crowd.enter(bearerOf(ticket.donor));
    const far = await enterThere(ada.token);
    for (const person of [near, far]) await person.must('join_ticket', { ticketId: ticket.id, lastSeq: 1 });
    return [near, far];
  }

  it('keeps live events in Redis for some minutes and no longer', async () => {
    const ticket = await createTicket(here);
    const [, far] = await pair(ticket);
    const word = `word-${randomUUID()}`;
    await postMessage(ticket.donor, ticket.id, { content: word });
    await until(() => far.payloads('message').length > 0);
    const cluster = here.app.get<RedisCluster>(Cluster, { strict: false });
    await cluster.forgetEvents();
    expect(await eventsInRedis()).toContain(word);
    await cluster.forgetEvents(Date.now() + 5 * 60_000);
    expect(await eventsInRedis()).not.toContain(word);
  });

  it('events cross, in order and once', async () => {
    const ticket = await createTicket(here);
    const [near, far] = await pair(ticket);
    const staff = new Client(there, ada.headers);
    for (let count = 0; count < 10; count++) {
      await postMessage(ticket.donor, ticket.id);
      await postMessage(staff, ticket.id);
    }
    const { rows } = await here.app
      .get(Database, { strict: false })
      .pool.query('SELECT last_seq, last_public_seq FROM tickets WHERE id = $1', [ticket.id]);
    const upTo = (last: number) => Array.from({ length: last - 1 }, (_, index) => index + 2);
    await until(() => near.seqs(ticket.id).length >= rows[0].last_public_seq - 1);
    await until(() => far.seqs(ticket.id).length >= rows[0].last_seq - 1);
    await Promise.all([near.settle(), far.settle()]);
    expect(near.seqs(ticket.id).sort((a, b) => a - b)).toEqual(upTo(rows[0].last_public_seq));
    expect(far.seqs(ticket.id).sort((a, b) => a - b)).toEqual(upTo(rows[0].last_seq));
  });

  it('staff hear their own and unassigned tickets without joining, once, wherever it happens', async () => {
    const far = await enterThere(ada.token);
    const other = await enterThere(boss.token);
    const ticket = await createTicket(here);
    await ok(new Client(here, ada.headers).put(`/tickets/${ticket.id}/assign`));
    const mine = await postMessage(ticket.donor, ticket.id);
    await far.next('message', ({ id }) => id === mine.id);
    const taken = await far.next('ticket:assigned', ({ ticketId }) => ticketId === ticket.id);
    await Promise.all([far.settle(), other.settle()]);
    expect(far.seqs(ticket.id)).toEqual([1, 2, 3, 4, 5]);
    expect(other.seqs(ticket.id)).toEqual([1, 2, 3, 4]);
    expect(taken).toMatchObject({ from: null, to: ada.user.id });
  });

  it('typing, viewers and presence cross', async () => {
    const ticket = await createTicket(here);
    const [near, far] = await pair(ticket);
    await near.must('ticket:typing', { ticketId: ticket.id, isTyping: true });
    await far.next('ticket:typing');
    const looking = await crowd.enter(boss.token);
    await looking.must('ticket:viewing', { ticketId: ticket.id });
    await far.must('ticket:viewing', { ticketId: ticket.id });
    const seen = await far.next('ticket:viewers', (payload) => payload.viewers.length === 2);
    expect(seen.viewers.map(({ name }: { name: string }) => name).sort()).toEqual(['Ada', 'Cleo']);
    looking.close();
    await until(() => far.payloads('ticket:viewers').at(-1).viewers.length === 1);
    const watcher = await crowd.enter(boss.token);
    await there.app.get(Presence, { strict: false }).refresh();
    await watcher.must('admin_join_ticket_monitor');
    await watcher.next('presence', ({ userId }) => userId === ada.user.id);
  });

  it('signalling crosses, and stays among its members', async () => {
    const ticket = await createTicket(here);
    const { id } = await startCall(ticket.donor, ticket.id, 'donor');
    const near = await crowd.enter();
    const far = await enterThere();
    const outsider = await enterThere();
    const tokenOf = async (client: Client) => (await ok(client.post(`/calls/${id}/join`))).token as string;
    await near.must('call:enter', { callId: id, token: await tokenOf(ticket.donor) });
    const entered = await far.must('call:enter', {
      callId: id,
      token: await tokenOf(new Client(there, ada.headers)),
    });
    expect(entered.peers).toEqual([expect.objectContaining({ id: near.socket.id, role: 'donor' })]);
    await near.next('call:peers', ({ peers }) => peers.length === 2);
    await far.must('call:signal', { callId: id, to: near.socket.id, data: 'offer' });
    await near.next('call:signal');
    const ack = await near.ask('call:signal', { callId: id, to: outsider.socket.id, data: 'x' });
    expect(ack).toMatchObject({ ok: false, error: 'NOT_FOUND' });
    await near.must('call:signal', { callId: id, to: far.socket.id, data: 'answer' });
    expect(await far.next('call:signal')).toMatchObject({ from: near.socket.id, data: 'answer' });
    await ok(ticket.donor.post(`/calls/${id}/end`));
    await far.next('call:peers', ({ ended }) => ended === true);
  });

  const troubles: Trouble[] = [
    {
      is: 'gone',
      away: () => redis.kill(),
      back: () => redis.start(),
      post: (ticket: TicketFixture) => postMessage(ticket.donor, ticket.id),
    },
    {
      is: 'hanging',
      away: async () => process.kill((pid = await processOfRedis()), 'SIGSTOP'),
      back: async () => process.kill(pid, 'SIGCONT'),
      post: postPastTheLimits,
    },
  ];

  describe.each(troubles)('while Redis is $is', ({ away, back, post }) => {
    it('posting works, local sockets hear it at once, and others catch up', async () => {
      const ticket = await createTicket(here);
      const [near] = await pair(ticket);
      connection = connect(there.url, {
        token: () => ada.token,
        onProblem: () => undefined,
        timing: { httpTimeout: 1_000 },
      });
      const far = new TicketViewer(connection, ticket.id);
      await until(() => far.stream.state === 'live');
      await away();
      try {
        for (let count = 0; count < 3; count++) await post(ticket);
        await near.next('message', ({ seq }) => seq === 4);
        await near.must('ticket:typing', { ticketId: ticket.id, isTyping: true });
        const newcomer = await crowd.enter(boss.token);
        await newcomer.must('ticket:viewing', { ticketId: ticket.id });
        await newcomer.must('admin_join_ticket_monitor');
        await there.app.get(TicketHeads, { strict: false }).emitHeads();
        await healthOfRedis('down');
        await until(
          () => far.stream.lastSeq === 4,
          () => far.seqs,
        );
      } finally {
        await back();
      }
      await crossing();
      await healthOfRedis('up');
      await postMessage(ticket.donor, ticket.id);
      await until(() => far.stream.lastSeq === 5);
      expect(far.seqs).toEqual([1, 2, 3, 4, 5]);
    });
  });

  it('a process that stops leaves nobody behind in lists', async () => {
    const { secrets } = here.config;
    const third = await startAppOn(here.database, { redisUrl: redis.url, secrets });
    const ticket = await createTicket(here);
    const watcher = await crowd.enter(boss.token);
    await watcher.must('join_ticket', { ticketId: ticket.id });
    const leaving = crowd.knock(ada.token, {}, third.url);
    await leaving.connected();
    await leaving.must('ticket:viewing', { ticketId: ticket.id });
    await watcher.next('ticket:viewers', ({ viewers }) => viewers.length === 1);
    await third.app.close();
    await leaving.gone();
    await watcher.must('ticket:viewing', { ticketId: ticket.id });
    await until(() => watcher.payloads('ticket:viewers').at(-1).viewers[0]?.name === 'Cleo');
    expect(watcher.payloads('ticket:viewers').at(-1).viewers).toHaveLength(1);
  });
});
