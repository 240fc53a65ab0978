import { createServer, type AddressInfo } from 'node:net';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { findPostmaster } from '../../src/platform/embedded-postgres/postgres-pid-file.js';
import { Judge } from '../support/judge.js';
import { printedSeed, Random } from '../support/judge-random.js';
import { createRunDirectory, removeRunDirectory } from '../support/postgres.js';
import { startProduct, type ProductProcess } from '../support/product-process.js';

jest.setTimeout(240_000);

/** Each group starts on an empty folder, is killed on its way again and again, and must end in a product that works. */
const GROUPS = Math.ceil(Number(process.env['CHAOS_ROUNDS'] ?? 12) / 12);
const KILLS = 5;
const PASSWORD = 'correct-horse-9-staple';

describe('the product on its own database', () => {
  let judge: Judge | undefined;

  afterEach(async () => {
    await judge?.close();
  });

  async function killPostgres(dataDir: string): Promise<void> {
    const postmaster = await findPostmaster(join(dataDir, 'postgres'));
    if (postmaster) process.kill(postmaster.pid, 'SIGKILL');
    while (await findPostmaster(join(dataDir, 'postgres'))) await sleep(5);
  }

  /** As after a reboot: the files name processes that are others now. */
  async function leaveStaleFiles(dataDir: string): Promise<void> {
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    const left = await readFile(file, 'utf8');
    await writeFile(file, left.replace(/^\d+/, String(process.pid)));
    await writeFile(join(dataDir, 'concierge.lock'), JSON.stringify({ pid: process.pid, startedAt: '1' }));
  }

  const HARMS: Record<string, (running: Judge) => Promise<void>> = {
    'the application is killed': async ({ product }) => {
      await product.kill();
    },
    'both are killed, the application first': async ({ product, dataDir }) => {
      await product.kill();
      await killPostgres(dataDir);
    },
    'both are killed and leave stale files': async ({ product, dataDir }) => {
      await product.kill();
      await killPostgres(dataDir);
      await leaveStaleFiles(dataDir);
    },
  };

  test('starts again on the same data, whichever of both was killed', async () => {
    judge = await Judge.open({ seed: printedSeed('kill -9 with its own database') });
    const { writers, dataDir } = judge;
    for (const [harm, inflict] of Object.entries(HARMS)) {
      writers.go();
      await writers.untilAcked(30);
      await inflict(judge);
      await judge.untilDead();
      await judge.start();
      expect({ harm, faults: await judge.inspect() }).toEqual({ harm, faults: [] });
    }
    writers.go();
    await writers.untilAcked(10);
    const { lost } = writers;
    await killPostgres(dataDir);
    await writers.untilLost(lost);
    await writers.untilAcked(20);
    expect(await judge.conclude()).toEqual([]);
    expect(await judge.product.kill('SIGTERM')).toBe(0);
    expect(await findPostmaster(join(dataDir, 'postgres'))).toBeUndefined();
  });
});

describe('a first start', () => {
  let folder: string | undefined;
  let product: ProductProcess | undefined;

  afterEach(async () => {
    await product?.kill();
    if (folder !== undefined) await removeRunDirectory(folder);
    folder = undefined;
  });

  async function start(env: Record<string, string> = {}): Promise<ProductProcess> {
    folder ??= await createRunDirectory();
    const DATA_DIR = join(folder, 'product');
    product = await startProduct({
      DATA_DIR,
      SUPER_ADMIN_PASSWORD: PASSWORD,
      ADMIN_PASSWORD: PASSWORD,
      ...env,
    });
    return product;
  }

  test('on a taken port says so, exits 1 and leaves no database running', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, resolve));
    const { port } = taken.address() as AddressInfo;
    const { exited, output } = await start({ PORT: String(port) });
    expect(await exited).toBe(1);
    expect(output()).toContain(`Port ${port} is taken.`);
    expect(await findPostmaster(join(folder ?? '', 'product', 'postgres'))).toBeUndefined();
    taken.close();
  });

  test.each(Array.from({ length: GROUPS }, (_, group) => group + 1))(
    `that is killed ${KILLS} times on its way still ends in a product that works (%d of ${GROUPS})`,
    async () => {
      const random = new Random(printedSeed('kill -9 of a first start'));
      for (let attempt = 0; attempt < KILLS; attempt += 1) {
        const { output, kill, child } = await start();
        const lines = random.between(0, 4);
        while (output().split('\n').length <= lines && child.exitCode === null) await sleep(1);
        await sleep(random.between(0, 300));
        await kill();
      }
      const { ready, url } = await start();
      await ready();
      const login = await fetch(`${url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'superadmin', password: PASSWORD }),
      });
      expect(login.status).toBe(200);
    },
  );
});
