import pg from 'pg';

/**
 * How to reach the database; `pool` is the largest number of connections, `pooler` whether PgBouncer or its like answers,
 * `connectTimeout` how long a new connection may take, in ms (3,000).
 */
export interface DatabaseOptions {
  url: string;
  pool?: number | undefined;
  pooler?: boolean;
  connectTimeout?: number | undefined;
}

const DEFAULT_POOL = 10;
const CONNECT_TIMEOUT_MS = 3_000;
const QUEUE_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 60_000;

/** What PostgreSQL itself enforces on each session, in milliseconds. */
export const SESSION_LIMITS = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
};
/** For a server that no longer answers at all: a little above its own limit, so that this one speaks last. */
const ANSWER_TIMEOUT_MS = 7_000;

/** pg-pool has one timeout for two waits. The pool keeps the long one, for its queue; connecting gets the short one. */
function quickClient(connectionTimeoutMillis: number): typeof pg.Client {
  return class extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis });
      // Pool and adapter both listen, but not at every moment, and an unheard 'error' would end the process.
      this.on('error', () => undefined);
    }
  };
}

/** What a session is told as it starts. adapter-pg writes and reads times without an offset: sessions must be UTC. */
const SESSION = { ...SESSION_LIMITS, options: '-c timezone=UTC' };

/** The pool waits for what it returns before it hands the connection out. */
const setTimeZone = (client: pg.ClientBase): unknown => client.query("SET TIME ZONE 'UTC'");

/**
 * A connection pool with our session limits, in UTC. A pooler takes no settings of a session but the time zone, which it keeps for
 * each of its clients; the limits are then the role's (`poolerNotes`).
 */
export function createPool(options: DatabaseOptions): pg.Pool {
  const { url, pool = DEFAULT_POOL, pooler = false, connectTimeout = CONNECT_TIMEOUT_MS } = options;
  return new pg.Pool({
    connectionString: url,
    max: pool,
    connectionTimeoutMillis: QUEUE_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    ...(pooler ? { onConnect: setTimeZone } : SESSION),
    application_name: 'concierge',
    keepAlive: true,
    Client: quickClient(connectTimeout),
  });
}
