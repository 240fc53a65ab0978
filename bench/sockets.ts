import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, start, startLoad, type Shooter } from './contender.js';
import { quantile } from './figures.js';
import type { Laboratory } from './laboratory.js';
import { residentMemory } from './process-figures.js';
import { newSecrets, Product } from './product.js';
import { pickTickets, seedTickets, type Seeded } from './seed.js';
import { CONTENT } from './operations.js';
import type { ChildProcess } from 'node:child_process';
import type { AddressInfo } from 'node:net';

/** Orders to the listeners. */
export type Audience =
  | { do: 'gather'; url: string; token: string; clients: number }
  | { do: 'expect'; events: number }
  | { do: 'leave' };

export interface Heard {
  received: number;
  /** From the first event to the last. */
  seconds: number;
  /** Milliseconds from sending to hearing, ascending. */
  delays: number[];
}

/** Order to the bare server. */
export interface Volley {
  messages: number;
  payload: object;
}

export interface Fanout {
  clients: number;
  /** Delivered events a second: posted messages through the product, bare Socket.IO without HTTP and database. */
  product: number;
  bare: number;
  /** At a steady pace of `PACE` messages a second, milliseconds from POST to the listeners. */
  p50: number;
  p99: number;
  /** Kilobytes of the product's memory a connection. */
  perClient: number;
}

const SIZES = [200, 1_000];
const MESSAGES = 300;
const PACE = 50;
const PACED = 250;

/** Messages posted by REST, heard by staff who all watch the monitor. */
export async function fanout(laboratory: Laboratory): Promise<Fanout[]> {
  const { url: databaseUrl, pool } = await laboratory.createDatabase('sockets');
  const logFile = path.join(laboratory.folder, 'sockets.log');
  const setup = { databaseUrl, pool: 10, secrets: newSecrets(), logFile };
  await (await Product.start(setup)).stop();
  await seedTickets(pool, 10_000);
  const seeded = await pickTickets(pool);
  const product = await Product.start(setup);
  try {
    const bare = start('./bare-sockets.ts', []);
    const { port } = await answer<AddressInfo>(bare);
    const hall = {
      product,
      token: await product.signIn('admin'),
      seeded,
      bare,
      bareUrl: `http://127.0.0.1:${port}`,
    };
    const shoot = startLoad();
    const results: Fanout[] = [];
    for (const clients of SIZES) {
      const result = await fill(hall, shoot, clients);
      console.log(JSON.stringify(result));
      results.push(result);
    }
    return results;
  } finally {
    await product.stop();
  }
}

interface Hall {
  product: Product;
  token: string;
  seeded: Seeded;
  bare: ChildProcess;
  bareUrl: string;
}

async function fill(hall: Hall, shoot: Shooter, clients: number): Promise<Fanout> {
  const listeners = start('./listeners.ts', []);
  const order = async <T>(what: Audience): Promise<T> => {
    const coming = answer<T>(listeners);
    listeners.send(what);
    return coming;
  };
  const { product, token } = hall;
  const memory = residentMemory(product.pid);
  await order({ do: 'gather', url: product.url, token, clients });
  await sleep(1_000);
  const perClient = ((residentMemory(product.pid) - memory) * 1_024) / clients;
  await volley(hall, shoot, order, clients);
  const rate = await volley(hall, shoot, order, clients);
  const { delays } = await paced(hall, order, clients);
  await order({ do: 'leave' });
  await order({ do: 'gather', url: hall.bareUrl, token, clients });
  const bare = await bareVolley(hall, order, clients);
  listeners.kill();
  return { clients, product: rate, bare, p50: quantile(delays, 0.5), p99: quantile(delays, 0.99), perClient };
}

type Order = <T>(what: Audience) => Promise<T>;

function posts({ seeded, token }: Hall, content: string) {
  return seeded.owned.map((id) => ({
    method: 'POST' as const,
    path: `/api/v1/tickets/${id}/messages`,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ content }),
  }));
}

async function volley(hall: Hall, shoot: Shooter, order: Order, clients: number): Promise<number> {
  const heard = order<Heard>({ do: 'expect', events: MESSAGES * clients });
  await shoot({ url: hall.product.url, requests: posts(hall, CONTENT), connections: 8, amount: MESSAGES });
  return rateOf(await heard, MESSAGES * clients);
}

async function bareVolley({ bare }: Hall, order: Order, clients: number): Promise<number> {
  const payload = { id: '0'.repeat(36), ticketId: '0'.repeat(36), text: CONTENT.repeat(5), seq: 1 };
  const run = async () => {
    const heard = order<Heard>({ do: 'expect', events: MESSAGES * clients });
    bare.send({ messages: MESSAGES, payload } satisfies Volley);
    return rateOf(await heard, MESSAGES * clients);
  };
  await run();
  return run();
}

function rateOf({ received, seconds }: Heard, expected: number): number {
  if (received !== expected) throw new Error(`${received} of ${expected} events arrived`);
  return received / seconds;
}

async function paced(hall: Hall, order: Order, clients: number): Promise<Heard> {
  const heard = order<Heard>({ do: 'expect', events: PACED * clients });
  const answers: Promise<Response>[] = [];
  for (let index = 0; index < PACED; index += 1) {
    const sentAt = String(performance.timeOrigin + performance.now());
    const all = posts(hall, sentAt);
    const { path: to, ...rest } = all[index % all.length]!;
    answers.push(fetch(`${hall.product.url}${to}`, rest));
    await sleep(1_000 / PACE);
  }
  for (const response of await Promise.all(answers))
    if (!response.ok) throw new Error(`POST: ${response.status}`);
  return heard;
}
