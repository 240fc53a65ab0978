import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { median } from './figures.js';
import type { Grown } from './growth.js';
import type { JobFigures } from './jobs.js';
import { ratio, type ContenderName, type Measured, type Turn } from './measure.js';
import type { Fanout } from './sockets.js';
import type { Throughput } from './throughput.js';

const DOCUMENT = path.resolve(import.meta.dirname, '../docs/performance.md');
const GUARD_TARGET_US = 60;
const MEMORY_TARGET_MB = 150;
const START_TARGET_MS = 3_000;

const JOBS_TARGET = 500;
const LAST_PUSH_TARGET_MS = 3_000;

export type Chapter = 'throughput' | 'growth' | 'sockets' | 'jobs';

const middle = (turns: Turn[], figure: keyof Turn): number => median(turns.map((turn) => turn[figure]));
const row = (cells: string[]): string => `| ${cells.join(' | ')} |`;
const whole = (value: number): string => Math.round(value).toLocaleString('en-US');
const verdict = (met: boolean): string => (met ? 'met' : '**missed**');

export function throughputTables(result: Throughput, connections: number): string {
  const { loaded, alone, startedIn, memory, guards } = result;
  const under = loaded.map(loadedRow);
  const single = alone.map(({ workload, turns }) => {
    const pair = (name: ContenderName) =>
      `${middle(turns[name], 'p50').toFixed(2)} / ${middle(turns[name], 'p99').toFixed(2)}`;
    return row([workload.label, pair('concierge'), pair('express'), pair('driver')]);
  });
  return [
    `Requests a second at ${connections} connections, medians of the turns:`,
    '',
    row([
      '',
      'Concierge',
      'bare Express',
      'bare driver',
      'ratio to Express',
      'target',
      '',
      'p50 / p99 ms',
      'CPU µs a request',
    ]),
    row(['---', '--:', '--:', '--:', '--:', '--:', '---', '--:', '--:']),
    ...under,
    '',
    'One connection, p50 / p99 in ms:',
    '',
    row(['', 'Concierge', 'bare Express', 'bare driver']),
    row(['---', '--:', '--:', '--:']),
    ...single,
    '',
    row(['', 'measured', 'target', '']),
    row(['---', '--:', '--:', '---']),
    row([
      'authentication and policy, µs a request',
      guards.donor.toFixed(1),
      `≤ ${GUARD_TARGET_US}`,
      verdict(guards.donor <= GUARD_TARGET_US),
    ]),
    row(['… an access token’s signature, once in 3 s, µs', guards.signature.toFixed(1), '', '']),
    row([
      'memory of the idle process, MB',
      memory.toFixed(0),
      `≤ ${MEMORY_TARGET_MB}`,
      verdict(memory <= MEMORY_TARGET_MB),
    ]),
    row([
      'start, with data, until ready, ms',
      whole(startedIn),
      `≤ ${whole(START_TARGET_MS)}`,
      verdict(startedIn <= START_TARGET_MS),
    ]),
  ].join('\n');
}

function loadedRow({ workload, turns }: Measured): string {
  const reached = ratio(turns, 'concierge', 'express');
  const rates = (['concierge', 'express', 'driver'] as const).map((name) =>
    whole(middle(turns[name], 'rate')),
  );
  const { target } = workload;
  const cpu = (name: ContenderName) => middle(turns[name], 'cpu').toFixed(0);
  return row([
    workload.label,
    ...rates,
    reached.toFixed(2),
    target === null ? '' : `≥ ${target}`,
    target === null ? '' : verdict(reached >= target),
    `${middle(turns.concierge, 'p50').toFixed(1)} / ${middle(turns.concierge, 'p99').toFixed(1)}`,
    `${cpu('concierge')} (Express ${cpu('express')})`,
  ]);
}

export function growthTable(grown: Grown[]): string {
  const lines = grown.map(({ label, small, large, target }) =>
    row([
      label,
      small.toFixed(2),
      large.toFixed(2),
      (large / small).toFixed(2),
      target === null ? '' : `≤ ${target}`,
      target === null ? '' : verdict(large / small <= target),
    ]),
  );
  return [
    '95th percentile in ms, asked one at a time over HTTP:',
    '',
    row(['', '10,000 tickets', '1,000,000 tickets', 'ratio', 'target', '']),
    row(['---', '--:', '--:', '--:', '--:', '---']),
    ...lines,
  ].join('\n');
}

export function socketTable(results: Fanout[]): string {
  const lines = results.map(({ clients, product, bare, p50, p99, perClient }) =>
    row([
      whole(clients),
      whole(product),
      whole(bare),
      (product / bare).toFixed(2),
      `${p50.toFixed(0)} / ${p99.toFixed(0)}`,
      perClient.toFixed(0),
    ]),
  );
  return [
    'Messages posted over HTTP, heard by staff who watch the monitor; bare Socket.IO has no HTTP, database or rights to look after:',
    '',
    row([
      'sockets',
      'Concierge, events/s',
      'bare Socket.IO, events/s',
      'ratio',
      'POST to event at 50 messages/s, p50 / p99 ms',
      'kB a socket',
    ]),
    row(['--:', '--:', '--:', '--:', '--:', '--:']),
    ...lines,
  ].join('\n');
}

export function jobTable({ empty, events, lastPush }: JobFigures): string {
  return [
    row(['', 'measured', 'target', '']),
    row(['---', '--:', '--:', '---']),
    ...empty.map(({ concurrency, rate }) =>
      row([
        `empty jobs of one queue a second, ${concurrency} at once`,
        whole(rate),
        `≥ ${JOBS_TARGET}`,
        verdict(rate >= JOBS_TARGET),
      ]),
    ),
    row([
      `${events} notifying events at once, until the last push, ms`,
      whole(lastPush),
      `≤ ${whole(LAST_PUSH_TARGET_MS)}`,
      verdict(lastPush <= LAST_PUSH_TARGET_MS),
    ]),
  ].join('\n');
}

/** Puts a chapter, with the circumstances of its run, between its marks in docs/performance.md. */
export async function write(chapter: Chapter, tables: string, pool: pg.Pool): Promise<void> {
  const text = await readFile(DOCUMENT, 'utf8');
  const [begin, end] = [`<!-- ${chapter}:begin -->`, `<!-- ${chapter}:end -->`];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/performance.md has no marks for ${chapter}`);
  const body = `${begin}\n\n${await circumstances(pool)}\n\n${tables}\n\n${end}`;
  await writeFile(DOCUMENT, before + body + after);
}

async function circumstances(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ server_version: string }>('SHOW server_version');
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const [cpu] = os.cpus();
  const memory = Math.round(os.totalmem() / 1_024 ** 3);
  const [load] = os.loadavg() as [number];
  return (
    `${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${cpu?.model.trim() ?? 'unknown processor'}, ${os.availableParallelism()} cores, ` +
    `${memory} GB, Node ${process.versions.node}, PostgreSQL ${rows[0]!.server_version.split(' ', 1)[0]!} (durable), load average ${load.toFixed(1)} at the end.`
  );
}
