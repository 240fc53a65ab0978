import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { startPostgres, type PrivatePostgres } from '../support/database.js';
import { Judge } from '../support/judge.js';
import { printedSeed } from '../support/judge-random.js';
import type { SocketReader } from '../support/judge-sockets.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const LONG = process.env['CHAOS_ROUNDS'] !== undefined;
jest.setTimeout(LONG ? 900_000 : 240_000);
/** Sockets that are open when the product is killed. */
const SOCKETS = LONG ? 1_000 : 300;
const CUTS = LONG ? 30 : 4;
const CUT_EVERY_MS = 2_000;

let postgres: PrivatePostgres;
let judge: Judge;
let proxy: TcpProxy | undefined;

beforeEach(async () => {
  postgres = await startPostgres();
}, 60_000);
afterEach(async () => {
  await proxy?.close();
  await judge.close();
  await postgres.remove();
});

async function open(title: string): Promise<void> {
  judge = await Judge.open({ database: await postgres.createDatabase(), seed: printedSeed(title) });
  judge.writers.go();
  await judge.writers.untilAcked(20);
}

test('readers whose sockets are cut every 2 s see everything, once and in order', async () => {
  await open('sockets cut');
  const { port } = judge.product;
  const network = await TcpProxy.start({ host: '127.0.0.1', port });
  proxy = network;
  const url = `http://127.0.0.1:${network.port}`;
  for (const audience of ['staff', 'donor', 'staff', 'donor'] as const)
    judge.readers.push(judge.watch(audience, { url }));
  for (let cut = 0; cut < CUTS; cut += 1) {
    await sleep(CUT_EVERY_MS);
    await judge.writers.untilAcked(5);
    network.cut();
  }
  expect(await judge.conclude()).toEqual([]);
});

test(`${SOCKETS} sockets come back after kill -9 and have seen everything`, async () => {
  await open('restart with many sockets');
  const { writers } = judge;
  await writers.pause();
  const readers: SocketReader[] = Array.from({ length: SOCKETS }, (_, index) =>
    judge.watch(index % 2 ? 'staff' : 'donor', { tickets: 1 }),
  );
  judge.readers.push(...readers);
  const everybodyLive = async () => {
    while (readers.some((reader) => reader.live === 0)) await sleep(20);
  };
  await everybodyLive();
  writers.go();
  await writers.untilAcked(30);
  void judge.product.kill();
  await judge.untilDead();
  await judge.untilQuiet();
  expect(await judge.inspect()).toEqual([]);
  await judge.start();
  await everybodyLive();
  writers.go();
  await writers.untilAcked(30);
  expect(await judge.conclude()).toEqual([]);
});

/** A ticket that nobody else follows: its log will be longer than one catch-up holds. */
async function createTicket(): Promise<string> {
  const body = { donorId: 'd', donorEmail: 'd@example.org' };
  const outcome = await judge.sender.send(judge.url, { method: 'POST', path: '/api/v1/tickets', body });
  return outcome.kind === 'answered' ? String(outcome.body.id) : '';
}

/** The TCP connection below a socket.io client. */
function wireOf(socket: Socket): { pause(): void; resume(): void } {
  const transport = socket.io.engine.transport as unknown as {
    ws: { _socket: { pause(): void; resume(): void } };
  };
  return transport.ws._socket;
}

test('a socket that does not read is cut off; the others and the product do not notice', async () => {
  await open('slow consumer');
  await judge.writers.pause();
  const ticketId = await createTicket();
  const slow = io(judge.url, { transports: ['websocket'], reconnection: false });
  let received = 0;
  slow.on('message', () => (received += 1));
  await slow.emitWithAck('join_ticket', { ticketId });
  const gone = new Promise<string>((resolve) => slow.once('disconnect', resolve));
  wireOf(slow).pause();

  const content = 'x'.repeat(10_000);
  const messages = 1_500;
  for (let sent = 0; sent < messages; sent += 10) {
    const posts = Array.from({ length: 10 }, () =>
      judge.sender.send(judge.url, {
        method: 'POST',
        path: `/api/v1/tickets/${ticketId}/messages`,
        body: { content, senderId: 'd' },
      }),
    );
    for (const post of await Promise.all(posts)) expect(post).toMatchObject({ status: 201 });
  }
  wireOf(slow).resume();
  expect(await gone).toMatch(/transport/);
  expect(received).toBeLessThan(messages);
  slow.close();

  judge.writers.go();
  await judge.writers.untilAcked(20);
  expect(await judge.conclude()).toEqual([]);
});
