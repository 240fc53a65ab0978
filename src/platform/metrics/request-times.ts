import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Histogram } from 'prom-client';
import { RequestWatch } from '../logging/request-watch.js';
import { Metrics } from './metrics.js';

/** Upper bounds in seconds; what is slower counts in the last, unbounded one. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** A caller may make up methods; figures are not to grow with them. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Durations of requests by method, route and status. */
@Injectable()
export class RequestTimes implements OnModuleInit {
  private readonly times: Histogram<'method' | 'route' | 'status'>;

  constructor(
    private readonly watch: RequestWatch,
    metrics: Metrics,
  ) {
    this.times = metrics.histogram({
      name: 'concierge_http_request_duration_seconds',
      help: 'Requests by method, route and status; route is the template, or "other".',
      labelNames: ['method', 'route', 'status'],
      buckets: BOUNDS,
    });
  }

  onModuleInit(): void {
    this.watch.onAnswer = (method, route, status, ms) => this.record(method, route, status, ms / 1_000);
  }

  /** `route` is undefined for what no route answered: its address would make a new figure each time. */
  record(method: string, route: string | undefined, status: number, seconds: number): void {
    const name = METHODS.has(method) ? method : 'other';
    this.times.observe({ method: name, route: route ?? 'other', status }, seconds);
  }
}
