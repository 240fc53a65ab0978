import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';
import { startPostgres, type PrivatePostgres } from '../support/database.js';
import { Judge } from '../support/judge.js';
import { Sender } from '../support/judge-http.js';
import { printedSeed } from '../support/judge-random.js';
import { startProduct, type ProductProcess } from '../support/product-process.js';

jest.setTimeout(180_000);

const LOOK_MS = 20;
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://help.charity.test',
  JWT_SECRET: 'q7Zk1vYxw0TtB3nM8sLd5RfHj2PcGaUe',
  ENCRYPTION_KEY: 'Vb9XnQ4rWm6KyLp2TzJc8FdHs3GaEu0i',
};

/** What stands in front of several nodes: asks each whether it is ready, and sends requests to those that are. */
class Balancer {
  private readonly sender = new Sender();
  private stopped = false;
  private readonly loop: Promise<void>;

  constructor(
    private readonly nodes: () => readonly ProductProcess[],
    private readonly use: (url: string) => void,
  ) {
    this.loop = this.watch();
  }

  async close(): Promise<void> {
    this.stopped = true;
    await this.loop;
    this.sender.close();
  }

  private async watch(): Promise<void> {
    while (!this.stopped) {
      for (const { url } of this.nodes()) {
        const answer = await this.sender.send(url, { method: 'GET', path: '/health/ready' });
        if (answer.kind === 'answered' && answer.status === 200) this.use(url);
      }
      await sleep(LOOK_MS);
    }
  }
}

let postgres: PrivatePostgres;
let judge: Judge;
let balancer: Balancer | undefined;
let nodes: ProductProcess[] = [];

beforeEach(async () => {
  postgres = await startPostgres();
}, 60_000);
afterEach(async () => {
  await balancer?.close();
  for (const node of nodes) await node.kill();
  await judge.close();
  await postgres.remove();
});

test('two nodes that stop in turn under load answer everything and lose nothing', async () => {
  judge = await Judge.open({
    database: await postgres.createDatabase(),
    seed: printedSeed('SIGTERM under load'),
    env: PRODUCTION,
  });
  const second = { ...judge.env, PORT: String(await freePort()) };
  nodes = [judge.product, await startProduct(second)];
  await nodes[1]?.ready();
  balancer = new Balancer(
    () => nodes,
    (url) => (judge.url = url),
  );
  const { writers } = judge;
  writers.go();
  for (let turn = 0; turn < 4; turn += 1) {
    await writers.untilAcked(20);
    const [leaving, staying] = nodes as [ProductProcess, ProductProcess];
    expect({ turn, code: await leaving.kill('SIGTERM') }).toEqual({ turn, code: 0 });
    nodes = [staying];
    await writers.untilAcked(20);
    const back = await startProduct({ ...judge.env, PORT: String(leaving.port) });
    nodes = [staying, back];
    await back.ready();
  }
  expect(await judge.conclude()).toEqual([]);

  const entries = await judge.journal.read();
  const reasons = entries.flatMap((entry) => (entry.what === 'lost' ? [entry.why] : []));
  // A node that has stopped refuses connections, and a copy of a request waits for its twin: neither is a broken answer.
  const broken = reasons.filter((why) => !['connection refused', 'IDEMPOTENCY_IN_FLIGHT'].includes(why));
  expect(broken).toEqual([]);
});
