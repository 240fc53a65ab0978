import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { createPool, type DatabaseOptions } from './database-pool.js';
import { type Prisma, PrismaClient } from './generated/client.js';
import { StatementNames } from './statement-names.js';

/** Transactions queue for a connection rather than fail (100 people accept one ticket), but none may hold one for long. */
const TRANSACTIONS = { maxWait: 10_000, timeout: 10_000 };

/**
 * The Prisma client of the application. Recovers by itself when the database comes back; until then its calls fail with errors
 * that `isDatabaseUnavailable` recognises. Sessions: statement_timeout 5 s, lock_timeout 2 s, idle in transaction 10 s, UTC.
 */
@Injectable()
export class Database extends PrismaClient implements OnModuleInit, OnModuleDestroy {
  /** The connections below Prisma, for their gauges: `totalCount`, `idleCount`, `waitingCount`. */
  readonly pool: pg.Pool;
  private readonly names: StatementNames;

  constructor(options: DatabaseOptions) {
    const pool = createPool(options);
    const logger = new Logger('Database');
    // A statement prepared over a pooler is unknown to the next of its connections.
    const names = new StatementNames(options.pooler === true ? 0 : undefined);
    const onLost = (error: Error) => {
      logger.warn(`Lost a database connection: ${error.message}`);
    };
    // Ours, not the adapter's, which goes with it: an unheard 'error' of the pool would end the process.
    pool.on('error', onLost);
    super({
      adapter: new PrismaPg(pool, {
        statementNameGenerator: ({ sql }) => names.nameOf(sql),
        onConnectionError: onLost,
      }),
      transactionOptions: TRANSACTIONS,
      // Prisma takes a stack trace on every call for its other formats.
      errorFormat: 'minimal',
    });
    this.pool = pool;
    this.names = names;
  }

  /**
   * Runs one statement, committed by itself, past Prisma: a third of the work of `$queryRaw`, for the hot paths.
   * Rows carry what pg makes of a type: Date for timestamptz, a parsed value for jsonb, a string for int8 and numeric.
   */
  async query<Row extends pg.QueryResultRow>({ text, values }: Prisma.Sql): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>({ name: this.names.nameOf(text), text, values });
    return rows;
  }

  /** Loads the query compiler, so that the first request does not pay for it. */
  async onModuleInit(): Promise<void> {
    await this.$connect();
  }

  async onModuleDestroy(): Promise<void> {
    await this.$disconnect();
    if (!this.pool.ending) await this.pool.end();
  }
}
