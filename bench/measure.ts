import type pg from 'pg';
import { median, quantile } from './figures.js';
import { cpuTime } from './process-figures.js';
import type { Load, LoadResult, Shooter } from './contender.js';
import type { Workload } from './workloads.js';

export type ContenderName = 'concierge' | 'express' | 'driver';

/** Somebody who can be put under a workload's load. */
export interface Contender {
  name: ContenderName;
  url: string;
  /** The process that does the work. */
  pid: number;
  shoot: Shooter;
}

/** One turn of one contender on one route. */
export interface Turn {
  rate: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  /** Processor time of its process, microseconds a request; NaN where the system does not tell. */
  cpu: number;
}

export type Turns = Record<ContenderName, Turn[]>;

export interface Measured {
  workload: Workload;
  turns: Turns;
}

export interface Effort {
  /** Seconds of one turn, about. */
  seconds: number;
  rounds: number;
  connections: number;
  /** Requests that each contender gets before anything counts; the last of them tell how many fill a turn. */
  warmUp: number;
}

const LEAST = 100;

/** Puts the contenders under one route's load in turns; throws when an answer was not 2xx or a row is missing. */
export async function measure(
  workload: Workload,
  contenders: Contender[],
  pool: pg.Pool,
  { seconds, rounds, connections, warmUp }: Effort,
): Promise<Measured> {
  const turns: Turns = { concierge: [], express: [], driver: [] };
  const rates = new Map<ContenderName, number>();
  for (const contender of contenders) {
    for (const amount of [warmUp, warmUp / 5]) {
      const { rate } = await turn(workload, contender, pool, { connections, amount });
      rates.set(contender.name, rate);
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    // Every other round backwards, so that nobody always comes first.
    for (const contender of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const amount = Math.max(LEAST, Math.round(rates.get(contender.name)! * seconds));
      const result = await turn(workload, contender, pool, { connections, amount });
      rates.set(contender.name, result.rate);
      turns[contender.name].push(result);
    }
  }
  return { workload, turns };
}

async function turn(
  workload: Workload,
  { name, url, pid, shoot }: Contender,
  pool: pg.Pool,
  effort: Pick<Load, 'connections' | 'amount'>,
): Promise<Turn> {
  const requests = name === 'concierge' ? workload.product : workload.baseline;
  const before = await count(pool, workload);
  const cpuBefore = await cpuTime(pid);
  const result = await shoot({ url, requests, ...effort });
  const cpu = ((await cpuTime(pid)) - cpuBefore) / effort.amount;
  const made = (await count(pool, workload)) - before;
  if (result.refused.length > 0) {
    throw new Error(`${workload.name}, ${name}: not 2xx: ${JSON.stringify(result.refused)}`);
  }
  if (workload.rows !== null && made !== result.times.length) {
    throw new Error(`${workload.name}, ${name}: ${result.times.length} answers of 2xx, but ${made} rows`);
  }
  return { ...summary(result), cpu };
}

async function count(pool: pg.Pool, { rows }: Workload): Promise<number> {
  if (rows === null) return 0;
  const answer = await pool.query<{ n: number }>(rows);
  return answer.rows[0]!.n;
}

function summary({ times, seconds }: LoadResult): Omit<Turn, 'cpu'> {
  const at = (share: number) => quantile(times, share);
  return { rate: times.length / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** The median, over the rounds, of one contender's rate divided by another's. */
export function ratio(turns: Turns, one: ContenderName, other: ContenderName): number {
  return median(turns[one].map(({ rate }, round) => rate / turns[other][round]!.rate));
}
