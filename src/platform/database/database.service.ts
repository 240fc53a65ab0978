import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { createPool, type DatabaseOptions } from './database-pool.js';
import { PrismaClient } from './generated/client.js';
import { StatementNames } from './statement-names.js';

/** Transactions queue for a connection rather than fail (100 people accept one ticket), but none may hold one for long. */
const TRANSACTIONS = { maxWait: 10_000, timeout: 10_000 };

/**
 * The Prisma client of the application. Recovers by itself when the database comes back; until then its calls fail with errors
 * that `isDatabaseUnavailable` recognises. Sessions: statement_timeout 5 s, lock_timeout 2 s, idle in transaction 10 s, UTC.
 */
@Injectable()
export class Database extends PrismaClient implements OnModuleInit, OnModuleDestroy {
  /** The connections below Prisma: for its gauges (`totalCount`, `idleCount`, `waitingCount`) and for plain SQL. */
  readonly pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    const pool = createPool(options);
    const logger = new Logger('Database');
    const names = new StatementNames();
    const onLost = (error: Error) => {
      logger.warn(`Lost a database connection: ${error.message}`);
    };
    super({
      adapter: new PrismaPg(pool, {
        statementNameGenerator: ({ sql }) => names.nameOf(sql),
        disposeExternalPool: true,
        onPoolError: onLost,
        onConnectionError: onLost,
      }),
      transactionOptions: TRANSACTIONS,
      // Prisma takes a stack trace on every call for its other formats.
      errorFormat: 'minimal',
    });
    this.pool = pool;
  }

  /** Loads the query compiler and opens the first connection, so that the first request does not pay for it. */
  async onModuleInit(): Promise<void> {
    await this.$connect();
  }

  async onModuleDestroy(): Promise<void> {
    await this.$disconnect();
  }
}
