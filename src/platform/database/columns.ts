import { Prisma } from './generated/client.js';

/** The columns of a table by their names in TypeScript; the type says that none is missing. */
export type Columns<Row> = Readonly<Record<keyof Row, string>>;

/** What a statement selects or returns of a table, under the names in TypeScript. `alias` is the table's in the statement. */
export function selected(columns: Readonly<Record<string, string>>, alias: string): Prisma.Sql {
  const list = Object.entries(columns).map(([name, column]) => `${alias}.${column} AS "${name}"`);
  return Prisma.raw(list.join(', '));
}
