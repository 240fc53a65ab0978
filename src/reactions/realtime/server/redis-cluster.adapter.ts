import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { createClient } from 'redis';
import type { Namespace } from 'socket.io';
import type { ProbeFinding } from '../../../platform/health/health-probes.js';
import { Cluster, type RedisClient } from './cluster.js';
import { every } from './every.js';

type SocketAdapter = Namespace['adapter'];
type Broadcast = SocketAdapter['broadcast'];
/** What the adapter's base class, ClusterAdapter, offers to those who extend it. */
interface Publisher {
  uid: string;
  doPublish(message: object): Promise<unknown>;
}

/** ClusterAdapter's MessageType.BROADCAST. */
const BROADCAST = 3;
const STREAM = 'concierge:sockets';
const LONGEST_RECONNECT_MS = 2_000;
/** Commands that may wait for a Redis that does not answer; the rest is refused, and caught up. */
const MOST_WAITING = 10_000;
const COMPLAIN_EVERY_MS = 60_000;
/** Live events carry what people write. Whoever is further behind than this catches up from the database. */
const EVENTS_KEPT_MS = 4 * 60_000;
const FORGET_EVERY_MS = 60_000;

const clientOf = (url: string) =>
  createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: MOST_WAITING,
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (tries) => Math.min(50 * 2 ** Math.min(tries, 10), LONGEST_RECONNECT_MS),
    },
  });

/** Several processes over Redis. Its absence stops nobody. */
export class RedisCluster extends Cluster implements OnApplicationShutdown {
  override readonly isShared = true;
  private readonly logger = new Logger('Realtime');
  private readonly client: RedisClient;
  private readonly copies: RedisClient[] = [];
  private readonly stopForgetting: () => Promise<void>;
  private complainedAt = -Infinity;

  constructor(url: string) {
    super();
    this.client = clientOf(url);
    this.client.on('error', (error: Error) => this.complain(error));
    this.client.connect().catch((error: unknown) => this.complain(error));
    this.stopForgetting = every(FORGET_EVERY_MS, this.logger, () => this.forgetEvents());
  }

  override get redis(): RedisClient | undefined {
    return this.client.isReady ? this.client : undefined;
  }

  override adapter(): (namespace: Namespace) => SocketAdapter {
    const create = createAdapter(this.handleOf(this.client), {
      streamName: STREAM,
      channelPrefix: STREAM,
      onlyPlaintext: true,
    }) as (namespace: Namespace) => SocketAdapter;
    const localFirst = this.localFirst.bind(this);
    // A function, because socket.io calls it with `new`.
    return function adapt(namespace) {
      return localFirst(create(namespace), namespace);
    };
  }

  /** For the health of the desk. */
  async check(): Promise<ProbeFinding> {
    if (!this.client.isReady) return { status: 'down', note: 'Processes catch up with each other later.' };
    await this.client.ping();
    return { status: 'up' };
  }

  /** At most once a minute: that Redis is unavailable must be seen, not flood the log. */
  override complain(error: unknown): void {
    if (performance.now() - this.complainedAt < COMPLAIN_EVERY_MS) return;
    this.complainedAt = performance.now();
    this.logger.warn(`Redis is unavailable: other processes catch up later (${String(error)})`);
  }

  /** Deletes live events from the stream that are older than EVENTS_KEPT_MS; the adapter alone would keep the last 10,000. */
  async forgetEvents(now = Date.now()): Promise<void> {
    if (this.client.isReady) await this.client.xTrim(STREAM, 'MINID', now - EVENTS_KEPT_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stopForgetting();
    for (const one of [this.client, ...this.copies]) if (one.isOpen) one.destroy();
  }

  /**
   * The adapter publishes first and emits to its own sockets when Redis has answered. Here its own sockets come first,
   * so that they hear everything at once and also while Redis is unavailable.
   */
  private localFirst(adapter: SocketAdapter, { name }: Namespace): SocketAdapter {
    const broadcast: Broadcast = adapter.broadcast.bind(adapter);
    const { uid } = adapter as unknown as Publisher;
    adapter.broadcast = (packet, options) => {
      broadcast(packet, { ...options, flags: { ...options.flags, local: true } });
      if (options.flags?.local === true) return;
      const opts = { rooms: [...options.rooms], except: [...(options.except ?? [])], flags: options.flags };
      (adapter as unknown as Publisher)
        .doPublish({ uid, nsp: name, type: BROADCAST, data: { packet: packet as object, opts } })
        .catch((error: unknown) => this.complain(error));
    };
    return adapter;
  }

  /** The part of a client that the adapter uses, with connections of its own that can be closed at any moment. */
  private handleOf(client: RedisClient): object {
    return {
      // How the adapter tells this client from ioredis.
      sSubscribe: () => undefined,
      xAdd: client.xAdd.bind(client),
      publish: client.publish.bind(client),
      sendCommand: client.sendCommand.bind(client),
      duplicate: () => this.copyOf(client),
    };
  }

  /** Readers wait for Redis instead of failing: the adapter asks again at once, forever. */
  private copyOf(client: RedisClient): object {
    const copy = client.duplicate({ disableOfflineQueue: false });
    this.copies.push(copy);
    const connect = copy.connect.bind(copy);
    return Object.assign(copy, {
      connect: () => connect().catch(() => new Promise(() => undefined)),
      disconnect: () => {
        if (copy.isOpen) copy.destroy();
      },
    });
  }
}
