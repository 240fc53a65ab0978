import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Metric, Registry } from 'prom-client';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';

/** One figure; histograms name their parts (`_bucket`, `_sum`, `_count`) in `metricName`. */
export interface Reading {
  value: number;
  labels?: Record<string, string | number>;
  metricName?: string;
}

export interface MetricSource {
  /** Prometheus' conventions: snake_case, unit last, `_total` for what only grows. */
  name: string;
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  /**
   * True for a figure about the whole desk, read from the database: every process would tell the same, so only those that run
   * jobs do.
   */
  deskWide?: boolean;
  /** Asked at each scrape, for at most two seconds. A source that fails is left out of that scrape. */
  read(): Reading[] | Promise<Reading[]>;
}

const PATIENCE_MS = 2_000;

/**
 * What Prometheus is told. Sources keep plain numbers and are read when somebody scrapes, so that nothing is paid for before;
 * prom-client, which writes the text and watches the process, is loaded by the first scrape.
 */
@Injectable()
export class Metrics {
  private readonly logger = new Logger('Metrics');
  private readonly sources: MetricSource[] = [];
  private registry: Promise<Registry> | undefined;

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'role'>) {}

  /** Modules add theirs when they start. */
  add(source: MetricSource): void {
    if (source.deskWide === true && this.config.role === 'web') return;
    this.sources.push(source);
  }

  /** The exposition text and its media type. */
  async scrape(): Promise<{ type: string; text: string }> {
    this.registry ??= this.open();
    const registry = await this.registry;
    return { type: registry.contentType, text: await registry.metrics() };
  }

  private async open(): Promise<Registry> {
    const { collectDefaultMetrics, Registry: PromRegistry } = await import('prom-client');
    const registry = new PromRegistry();
    collectDefaultMetrics({ register: registry });
    // Figures of the process first: the queries behind the others would show in them.
    const sources = this.sources.toSorted(
      (one, other) => Number(one.deskWide ?? false) - Number(other.deskWide ?? false),
    );
    for (const source of sources) registry.registerMetric(this.metricOf(source));
    return registry;
  }

  /** prom-client asks a metric for its name and its values, and for nothing else. */
  private metricOf(source: MetricSource): Metric {
    const { name, help, type } = source;
    const get = async () => ({ name, help, type, aggregator: 'sum', values: await this.valuesOf(source) });
    return { name, get } as unknown as Metric;
  }

  private async valuesOf(source: MetricSource): Promise<Reading[]> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('It took too long.')), PATIENCE_MS);
    });
    try {
      const readings = await Promise.race([source.read(), late]);
      return readings.map((reading) => ({ ...reading, labels: reading.labels ?? {} }));
    } catch (error) {
      this.logger.warn({ msg: `No figures for ${source.name}`, err: error });
      return [];
    } finally {
      clearTimeout(timer);
    }
  }
}
