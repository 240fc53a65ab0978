import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Namespace } from 'socket.io';
import type { RedisClient } from '../../../platform/redis/redis-client.factory.js';
import type { RedisConnection } from '../../../platform/redis/redis-connection.js';
import { Cluster } from './cluster.js';
import { Periodic } from '../../../platform/schedule/periodic.decorator.js';

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
/** Live events carry what people write. Anyone who is further behind than this catches up from the database. */
const EVENTS_KEPT_MS = 4 * 60_000;
const FORGET_EVERY_MS = 60_000;

/** Several processes over Redis. Its absence stops nobody. */
export class RedisCluster extends Cluster {
  override readonly isShared = true;

  constructor(private readonly redis: RedisConnection) {
    super();
  }

  override adapter(): (namespace: Namespace) => SocketAdapter {
    const create = createAdapter(this.handleOf(this.redis.client), {
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

  /** Deletes live events from the stream that are older than EVENTS_KEPT_MS; the adapter alone would keep the last 10,000. */
  @Periodic(FORGET_EVERY_MS, 'Redis keeps live events for longer than it should')
  async forgetEvents(now = Date.now()): Promise<void> {
    const { client } = this.redis;
    if (client.isReady) await client.xTrim(STREAM, 'MINID', now - EVENTS_KEPT_MS);
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
        .catch((error: unknown) => this.redis.report(error));
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
      duplicate: () => this.copy(),
    };
  }

  /** Readers wait for Redis instead of failing: the adapter asks again at once, forever. */
  private copy(): object {
    const copy = this.redis.fork();
    const connect = copy.connect.bind(copy);
    return Object.assign(copy, {
      connect: () => connect().catch(() => new Promise(() => undefined)),
      disconnect: () => {
        if (copy.isOpen) copy.destroy();
      },
    });
  }
}
