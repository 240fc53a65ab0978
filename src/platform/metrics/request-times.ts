import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RequestWatch } from '../logging/request-watch.js';
import { Metrics, type Reading } from './metrics.js';

const NAME = 'concierge_http_request_duration_seconds';
/** Upper bounds in seconds; what is slower counts in the last, unbounded one. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Slot {
  labels: { method: string; route: string; status: number };
  /** How many requests ended within each bound and no earlier one. */
  counts: Uint32Array;
  sum: number;
}

/** Durations of requests by method, route and status. One request costs three look-ups and no memory. */
@Injectable()
export class RequestTimes implements OnModuleInit {
  /** By method, route and status. */
  private readonly methods = new Map<string, Map<string, Slots>>();

  constructor(
    private readonly watch: RequestWatch,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.watch.onAnswer = (method, route, status, ms) => this.record(method, route, status, ms / 1_000);
    this.metrics.add({
      name: NAME,
      help: 'Requests by method, route and status; route is the template, or "other".',
      type: 'histogram',
      read: () => this.read(),
    });
  }

  /** `route` is undefined for what no route answered: its address would make a new figure each time. */
  record(method: string, route: string | undefined, status: number, seconds: number): void {
    const slot = this.slotOf(method, route ?? 'other', status);
    let place = 0;
    while (place < BOUNDS.length && seconds > (BOUNDS[place] ?? Infinity)) place += 1;
    slot.counts[place] = (slot.counts[place] ?? 0) + 1;
    slot.sum += seconds;
  }

  private slotOf(method: string, route: string, status: number): Slot {
    const name = METHODS.has(method) ? method : 'other';
    const slots = within(within(this.methods, name, newRoutes), route, newSlots);
    let slot = slots.get(status);
    if (slot === undefined) {
      const counts = new Uint32Array(BOUNDS.length + 1);
      slots.set(status, (slot = { labels: { method: name, route, status }, counts, sum: 0 }));
    }
    return slot;
  }

  private read(): Reading[] {
    const routes = [...this.methods.values()].flatMap((byRoute) => [...byRoute.values()]);
    return routes.flatMap((slots) => [...slots.values()].flatMap(readingsOf));
  }
}

/** A caller may make up methods; figures are not to grow with them. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

type Slots = Map<number, Slot>;
const newRoutes = (): Map<string, Slots> => new Map();
const newSlots = (): Slots => new Map();

function within<Inner>(map: Map<string, Inner>, key: string, make: () => Inner): Inner {
  let inner = map.get(key);
  if (inner === undefined) map.set(key, (inner = make()));
  return inner;
}

function readingsOf({ labels, counts, sum }: Slot): Reading[] {
  let sofar = 0;
  const buckets = [...counts].map((count, place) => {
    sofar += count;
    return { metricName: `${NAME}_bucket`, labels: { ...labels, le: BOUNDS[place] ?? '+Inf' }, value: sofar };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels, value: sum },
    { metricName: `${NAME}_count`, labels, value: sofar },
  ];
}
