import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

/** Where a word is found. */
export interface Trace {
  where: string;
  sample: string;
}

const TABLES = `
  SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
   WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`;

/** Looks for a word, in any case, in every column of every table of every schema, and in the files under `folder`. */
export async function tracesOf(word: string, db: pg.Pool, folder: string): Promise<Trace[]> {
  return [...(await tracesInTables(word, db)), ...tracesInFiles(word, folder)];
}

async function tracesInTables(word: string, db: pg.Pool): Promise<Trace[]> {
  const { rows: tables } = await db.query<{ name: string }>(TABLES);
  const found: Trace[] = [];
  for (const { name } of tables) {
    const { rows } = await db.query<{ text: string }>(
      `SELECT left(x::text, 1000) AS text FROM ${name} x WHERE x::text ILIKE '%' || $1 || '%'`,
      [word],
    );
    found.push(...rows.map(({ text }) => ({ where: name, sample: text })));
  }
  return found;
}

function tracesInFiles(word: string, folder: string): Trace[] {
  return filesIn(folder)
    .filter((file) => `${file}\n${readFileSync(file, 'latin1')}`.toLowerCase().includes(word.toLowerCase()))
    .map((file) => ({ where: file, sample: '' }));
}

function filesIn(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    const path = join(folder, entry);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
