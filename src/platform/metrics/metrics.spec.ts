import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Metrics, type MetricSource, type Reading } from './metrics.js';

const source = (read: MetricSource['read'], more: Partial<MetricSource> = {}): MetricSource => ({
  name: 'test_things',
  help: 'Things.',
  type: 'gauge',
  read,
  ...more,
});

/** The lines with figures of one metric. */
async function figures(metrics: Metrics, name = 'test_things'): Promise<string[]> {
  const { text } = await metrics.scrape();
  return text.split('\n').filter((line) => line.startsWith(name));
}

let warnings: unknown[];
beforeEach(() => {
  warnings = [];
  jest.spyOn(Logger.prototype, 'warn').mockImplementation((message: unknown) => void warnings.push(message));
});

describe('a source', () => {
  it('is read at each scrape, and what it tells no more is gone', async () => {
    const readings: Reading[][] = [
      [
        { labels: { kind: 'old' }, value: 2 },
        { labels: { kind: 'new' }, value: -1 },
      ],
      [{ labels: { kind: 'new' }, value: 0 }],
    ];
    const metrics = new Metrics({ role: 'all' });
    metrics.add(source(() => readings.shift() ?? [], { labels: ['kind'] }));
    expect(await figures(metrics)).toEqual(['test_things{kind="old"} 2', 'test_things{kind="new"} -1']);
    expect(await figures(metrics)).toEqual(['test_things{kind="new"} 0']);
    expect(await figures(metrics)).toEqual([]);
  });

  it('that counts says what it has counted, and not the sum of what it said', async () => {
    const metrics = new Metrics({ role: 'all' });
    metrics.add(source(() => [{ value: 7 }], { type: 'counter', name: 'test_things_total' }));
    expect(await figures(metrics)).toEqual(['test_things_total 7']);
    expect(await figures(metrics)).toEqual(['test_things_total 7']);
  });

  it('that fails is left out of that scrape, and hides no other', async () => {
    let fails = true;
    const metrics = new Metrics({ role: 'all' });
    metrics.add(source(() => (fails ? Promise.reject(new Error('no database')) : [{ value: 3 }])));
    metrics.add(source(() => [{ value: 1 }], { name: 'test_others' }));
    expect(await figures(metrics)).toEqual([]);
    expect(await figures(metrics, 'test_others')).toEqual(['test_others 1']);
    expect(warnings[0]).toMatchObject({ msg: 'No figures for test_things' });
    fails = false;
    expect(await figures(metrics)).toEqual(['test_things 3']);
  });

  it('of the whole desk is left to those who run jobs', async () => {
    const read = () => [{ value: 1 }];
    const web = new Metrics({ role: 'web' });
    web.add(source(read, { deskWide: true }));
    expect(await figures(web)).toEqual([]);
    const worker = new Metrics({ role: 'worker' });
    worker.add(source(read, { deskWide: true }));
    expect(await figures(worker)).toEqual(['test_things 1']);
  });
});

it('a histogram counts what was observed before the first scrape too', async () => {
  const metrics = new Metrics({ role: 'all' });
  const times = metrics.histogram({ name: 'test_seconds', help: 'S.', labelNames: ['way'], buckets: [1, 5] });
  times.observe({ way: 'up' }, 0.5);
  times.observe({ way: 'up' }, 3);
  times.observe({ way: 'up' }, 30);
  expect(await figures(metrics, 'test_seconds')).toEqual([
    'test_seconds_bucket{le="1",way="up"} 1',
    'test_seconds_bucket{le="5",way="up"} 2',
    'test_seconds_bucket{le="+Inf",way="up"} 3',
    'test_seconds_sum{way="up"} 33.5',
    'test_seconds_count{way="up"} 3',
  ]);
});
