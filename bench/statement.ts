import type { Database } from '../src/platform/database/database.service.js';
import type { Prisma } from '../src/platform/database/generated/client.js';

/** A statement of the product as plain text, prepared under its name, and how to fill its places. */
export interface Statement {
  name: string;
  text: string;
  bind(fresh: Record<string, unknown>): unknown[];
}

/**
 * The SQL that a query builder of the product runs, so that the baselines do exactly the same work. `slots` are the sample
 * arguments that change from request to request, under the names by which `bind` gets their values.
 */
export async function statementOf(
  name: string,
  slots: Record<string, unknown>,
  build: (db: Database) => Promise<unknown>,
): Promise<Statement> {
  const [sql, ...more] = await record(build);
  if (sql === undefined || more.length > 0) throw new Error(`${name} is not one statement`);
  const { text, values } = sql;
  const keys = values.map((value) => Object.keys(slots).find((key) => slots[key] === value));
  const missing = Object.keys(slots).filter((key) => !keys.includes(key));
  if (missing.length > 0) throw new Error(`${name} has no place for ${missing.join(', ')}`);
  return {
    name,
    text,
    bind: (fresh) =>
      keys.map((key, index) => {
        if (key === undefined) return values[index];
        if (!(key in fresh)) throw new Error(`${name} needs a value for ${key}`);
        return fresh[key];
      }),
  };
}

async function record(build: (db: Database) => Promise<unknown>): Promise<Prisma.Sql[]> {
  const recorded: Prisma.Sql[] = [];
  const query = (sql: Prisma.Sql): Promise<unknown[]> => {
    recorded.push(sql);
    return Promise.resolve([{}]);
  };
  await build({ query } as unknown as Database);
  return recorded;
}
