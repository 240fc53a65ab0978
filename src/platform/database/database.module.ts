import { Global, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from './database.service.js';

function createDatabase({ database: { url, directUrl, pool, connectTimeout } }: Config): Database {
  if (url === undefined) throw new Error('The database has no address yet: start it before the application.');
  return new Database({ url, pool, pooler: directUrl !== undefined, connectTimeout });
}

/** Gives every module the `Database`. */
@Global()
@Module({
  providers: [{ provide: Database, useFactory: createDatabase, inject: [CONFIG] }],
  exports: [Database],
})
export class DatabaseModule {}
