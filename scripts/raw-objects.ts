import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type pg from 'pg';

const GOLDEN_FILE = path.join(import.meta.dirname, '..', 'prisma', 'raw-objects.sql.txt');

/** One line for each object of our tables that schema.prisma cannot express in full: `kind name: definition`. */
const LIST = `
WITH ours AS (
  SELECT c.oid, c.relname, c.relkind, c.reloptions FROM pg_class c
  WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
)
SELECT 'extension ' || extname AS line FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL
SELECT 'function ' || p.oid::regprocedure || ': returns ' || pg_get_function_result(p.oid) FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL
SELECT 'sequence ' || relname FROM ours
WHERE relkind = 'S' AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = ours.oid AND d.deptype IN ('a', 'i'))
UNION ALL
SELECT 'view ' || relname || ': ' || pg_get_viewdef(oid) FROM ours WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'storage ' || relname || ': ' || array_to_string(reloptions, ', ') FROM ours WHERE reloptions IS NOT NULL
UNION ALL
SELECT 'trigger ' || tgname || ': ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN ours ON ours.oid = tgrelid
WHERE NOT tgisinternal
UNION ALL
SELECT 'check ' || conname || ' on ' || relname || ': ' || pg_get_constraintdef(k.oid)
FROM pg_constraint k JOIN ours ON ours.oid = conrelid WHERE contype IN ('c', 'x')
UNION ALL
SELECT 'generated ' || relname || '.' || attname || ': ' || pg_get_expr(adbin, adrelid)
FROM pg_attribute a JOIN ours ON ours.oid = attrelid JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attgenerated <> ''
UNION ALL
SELECT 'index ' || i.relname || ': ' || pg_get_indexdef(i.oid)
FROM pg_index x JOIN ours ON ours.oid = indrelid JOIN pg_class i ON i.oid = indexrelid JOIN pg_am ON pg_am.oid = i.relam
WHERE indpred IS NOT NULL OR indexprs IS NOT NULL OR amname <> 'btree'`;

/** What the database holds of such objects, sorted. */
export async function readRawObjects(client: pg.Client | pg.Pool): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(LIST);
  return rows.map(({ line }) => line.replace(/\s+/g, ' ').trim()).sort();
}

/** What prisma/raw-objects.sql.txt says that it holds, sorted; `#` starts a comment. */
export function readGoldenList(): string[] {
  const lines = readFileSync(GOLDEN_FILE, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).sort();
}

/** Why each kind is raw SQL; the comment above its lines in the list. */
const REASONS: Record<string, string> = {
  extension: 'Prisma creates no extensions for driver adapters.',
  function: 'Prisma has no functions.',
  sequence: 'Prisma knows only the sequences of its own autoincrement columns.',
  view: 'Views are a preview feature of Prisma.',
  storage: 'Prisma has no storage parameters.',
  trigger: 'Prisma has no triggers.',
  check:
    'Prisma has no CHECK constraints; statuses are text with a CHECK, so that a new one needs no type change.',
  generated: 'Prisma has no generated columns: it reads their expression as a default.',
  index: 'Prisma has no partial indexes, and no full-text ones on columns that it does not know.',
};

/** Writes the list again, grouped by kind (`npm run db:check -- --write`, after a look at what it reported). */
export function writeGoldenList(lines: string[]): void {
  const kinds = Object.keys(REASONS).filter((kind) => lines.some((line) => line.startsWith(`${kind} `)));
  const groups = kinds.map((kind) => {
    const members = lines.filter((line) => line.startsWith(`${kind} `));
    return `# ${REASONS[kind] ?? kind}\n${members.join('\n')}\n`;
  });
  const header =
    '# What the migrations create and schema.prisma cannot say in full. Checked by npm run db:check.\n';
  writeFileSync(GOLDEN_FILE, [header, ...groups].join('\n'));
}

/** What must not be there (`+`) and what is missing (`-`). */
export function compareLists(actual: string[], golden: string[]): string[] {
  const extra = actual.filter((line) => !golden.includes(line)).map((line) => `+ ${line}`);
  const missing = golden.filter((line) => !actual.includes(line)).map((line) => `- ${line}`);
  return [...extra, ...missing];
}

/**
 * The statements of a `database → schema.prisma` diff that are no drift: Prisma wants to drop listed indexes, and takes the
 * expression of a listed generated column for a default. Returns the others.
 */
export function unexplainedStatements(diff: string, golden: string[]): string[] {
  const explained = new Set<string>();
  for (const line of golden) {
    const index = /^index (\w+):/.exec(line)?.[1];
    if (index) explained.add(`DROP INDEX "${index}"`);
    const [, table, column] = /^generated (\w+)\.(\w+):/.exec(line) ?? [];
    if (table && column) explained.add(`ALTER TABLE "${table}" ALTER COLUMN "${column}" DROP DEFAULT`);
  }
  const statements = diff.replace(/^--.*$/gm, '').split(';');
  return statements.map((text) => text.trim()).filter((text) => text !== '' && !explained.has(text));
}
