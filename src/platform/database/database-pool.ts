import pg from 'pg';

/** How to reach the database; `pool` is the largest number of connections. */
export interface DatabaseOptions {
  url: string;
  pool?: number;
}

const DEFAULT_POOL = 10;
const CONNECT_TIMEOUT_MS = 3_000;
const QUEUE_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 60_000;

/** What PostgreSQL itself enforces on each session, in milliseconds. */
const SESSION_LIMITS = {
  statement_timeout: 5_000,
  lock_timeout: 2_000,
  idle_in_transaction_session_timeout: 10_000,
};
/** For a server that no longer answers at all: a little above its own limit, so that this one speaks last. */
const ANSWER_TIMEOUT_MS = 7_000;

/** pg-pool has one timeout for two waits. The pool keeps the long one, for its queue; connecting gets the short one. */
class QuickClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
    // Pool and adapter both listen, but not at every moment, and an unheard 'error' would end the process.
    this.on('error', () => undefined);
  }
}

/** A connection pool with our session limits. adapter-pg writes and reads times without an offset: sessions must be UTC. */
export function createPool(options: DatabaseOptions): pg.Pool {
  return new pg.Pool({
    connectionString: options.url,
    max: options.pool ?? DEFAULT_POOL,
    connectionTimeoutMillis: QUEUE_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    ...SESSION_LIMITS,
    application_name: 'concierge',
    options: '-c timezone=UTC',
    keepAlive: true,
    Client: QuickClient,
  });
}
