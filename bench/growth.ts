import path from 'node:path';
import { TICKETS_FOUND_BY, type Question } from './questions.js';
import { ascending, quantile } from './figures.js';
import type { Laboratory } from './laboratory.js';
import { newSecrets, Product } from './product.js';
import { seedTickets } from './seed.js';

const SMALL = 10_000;
const LARGE = 1_000_000;
const ROUNDS = 10;
const ASKED = 40;

export interface Grown {
  label: string;
  target: number | null;
  /** 95th percentile in milliseconds, at 10,000 and at 1,000,000 tickets. */
  small: number;
  large: number;
}

interface Desk {
  product: Product;
  token: string;
  paths: Record<string, string>;
}

/** The same questions to a small desk and to a large one, in turns, one at a time. */
export async function growth(laboratory: Laboratory): Promise<Grown[]> {
  const desks: Desk[] = [];
  try {
    for (const rows of [SMALL, LARGE]) desks.push(await openDesk(laboratory, rows));
    const [small, large] = desks as [Desk, Desk];
    const grown: Grown[] = [];
    for (const { label, target } of TICKETS_FOUND_BY) {
      const times: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round += 1) {
        times[0].push(...(await ask(small, label)));
        times[1].push(...(await ask(large, label)));
      }
      const [p95, p95Large] = times.map((list) => quantile(ascending(list), 0.95)) as [number, number];
      grown.push({ label, target, small: p95, large: p95Large });
      console.log(`${label.padEnd(44)} ${p95.toFixed(2)} → ${p95Large.toFixed(2)} ms`);
    }
    return grown;
  } finally {
    for (const { product } of desks) await product.stop();
  }
}

async function openDesk(laboratory: Laboratory, rows: number): Promise<Desk> {
  const { url: databaseUrl, pool } = await laboratory.createDatabase(`desk_${rows}`);
  const setup = {
    databaseUrl,
    pool: 4,
    secrets: newSecrets(),
    logFile: path.join(laboratory.folder, `${rows}.log`),
  };
  await (await Product.start(setup)).stop();
  console.log(`Seeding ${rows} tickets …`);
  const started = performance.now();
  await seedTickets(pool, rows);
  console.log(`  done in ${((performance.now() - started) / 1_000).toFixed(0)} s`);
  const product = await Product.start(setup);
  const pathOf = async ({ label, path: make }: Question) => [label, await make(pool)] as const;
  const paths = Object.fromEntries(await Promise.all(TICKETS_FOUND_BY.map(pathOf)));
  return { product, token: await product.signIn('admin'), paths };
}

async function ask({ product, token, paths }: Desk, label: string): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < ASKED; index += 1) {
    const started = performance.now();
    const response = await fetch(`${product.url}/api/v1${paths[label]}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    await response.arrayBuffer();
    times.push(performance.now() - started);
    if (!response.ok) throw new Error(`${label}: ${response.status}`);
  }
  return times;
}
