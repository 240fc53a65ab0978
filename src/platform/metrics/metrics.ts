import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
  type HistogramConfiguration,
} from 'prom-client';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { inTime } from '../outbound/in-time.js';

/** One figure of a source. */
export interface Reading {
  value: number;
  labels?: Record<string, string | number>;
}

export interface MetricSource {
  /** Prometheus' conventions: snake_case, unit last, `_total` for what only grows. */
  name: string;
  help: string;
  type: 'counter' | 'gauge';
  /** The labels that its readings have. */
  labels?: readonly string[];
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
 * What Prometheus is told (prom-client). Sources keep plain numbers and are read when somebody scrapes, so that nothing is paid for
 * before; the process itself is watched from the first scrape on.
 */
@Injectable()
export class Metrics {
  private readonly logger = new Logger('Metrics');
  private readonly registry = new Registry();
  private readonly sources: MetricSource[] = [];
  private isOpen = false;

  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'role'>) {}

  /** Modules add theirs when they start. */
  add(source: MetricSource): void {
    if (source.deskWide === true && this.config.role === 'web') return;
    this.sources.push(source);
  }

  /** Makes a histogram for something that happens too often to be kept and read later. */
  histogram<Label extends string>(
    options: Pick<HistogramConfiguration<Label>, 'name' | 'help' | 'labelNames' | 'buckets'>,
  ): Histogram<Label> {
    return new Histogram({ ...options, registers: [this.registry] });
  }

  /** The exposition text and its media type. */
  async scrape(): Promise<{ type: string; text: string }> {
    if (!this.isOpen) this.open();
    return { type: this.registry.contentType, text: await this.registry.metrics() };
  }

  private open(): void {
    this.isOpen = true;
    collectDefaultMetrics({ register: this.registry });
    // Figures of the process first: the queries behind the others would show in them.
    const sources = this.sources.toSorted(
      (one, other) => Number(one.deskWide ?? false) - Number(other.deskWide ?? false),
    );
    for (const source of sources) this.register(source);
  }

  private register(source: MetricSource): void {
    const { name, help, labels = [] } = source;
    const collect = (): Promise<void> => this.fill(metric, source);
    const options = { name, help, labelNames: [...labels], registers: [this.registry], collect };
    const metric: Counter | Gauge = source.type === 'counter' ? new Counter(options) : new Gauge(options);
  }

  private async fill(metric: Counter | Gauge, source: MetricSource): Promise<void> {
    const readings = await this.readingsOf(source);
    metric.reset();
    // prom-client says 0 of what has no labels; a source that failed says nothing.
    if (source.labels === undefined) metric.remove();
    for (const { value, labels = {} } of readings) metric.inc(labels, value);
  }

  private async readingsOf(source: MetricSource): Promise<Reading[]> {
    try {
      return await inTime(PATIENCE_MS, async () => source.read());
    } catch (error) {
      this.logger.warn({ msg: `No figures for ${source.name}`, err: error });
      return [];
    }
  }
}
