import type { Prisma } from '../../platform/database/generated/client.js';
import type { TagResponse } from './taxonomy-shapes.js';

type Db = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;

/** Whether a statement that selects one row when something is in use found any. */
async function found(rows: Promise<unknown[]>): Promise<boolean> {
  return (await rows).length > 0;
}

export function isTeamInUse(db: Db, key: string): Promise<boolean> {
  return found(db.$queryRaw`
    SELECT 1 WHERE EXISTS (SELECT FROM users WHERE team = ${key}) OR EXISTS (SELECT FROM tickets WHERE team = ${key})
                OR EXISTS (SELECT FROM password_links WHERE team = ${key})`);
}

export function isCategoryInUse(db: Db, { id, name }: { id: number; name: string }): Promise<boolean> {
  return found(db.$queryRaw`
    SELECT 1 WHERE EXISTS (SELECT FROM articles WHERE category_id = ${id})
                OR EXISTS (SELECT FROM faqs WHERE category_id = ${id})
                OR EXISTS (SELECT FROM tickets WHERE category = ${name})`);
}

export function isTagInUse(db: Db, name: string): Promise<boolean> {
  return found(db.$queryRaw`SELECT 1 WHERE EXISTS (SELECT FROM tickets WHERE tags @> ARRAY[${name}])`);
}

export function isSkillInUse(db: Db, name: string): Promise<boolean> {
  return found(db.$queryRaw`
    SELECT 1 WHERE EXISTS (SELECT FROM user_skills WHERE skill = ${name})
                OR EXISTS (SELECT FROM tickets WHERE related_skills @> ARRAY[${name}])`);
}

/** Tags whose name holds `q`, those that begin with it first. */
export function findTags(
  db: Db,
  { q, archived, limit }: { q: string; archived: boolean; limit: number },
): Promise<TagResponse[]> {
  return db.$queryRaw<TagResponse[]>`
    SELECT id, name, colour, description, archived_at AS "archivedAt" FROM tags
     WHERE strpos(lower(name), lower(${q})) > 0 AND (${archived} OR archived_at IS NULL)
     ORDER BY strpos(lower(name), lower(${q})) > 1, lower(name), id LIMIT ${limit}`;
}

/** Gives each tag that a ticket got a row, so that it is found and can be described. */
export async function rememberTags(db: Db, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db.$executeRaw`INSERT INTO tags (name) SELECT unnest(${names}::text[]) ORDER BY 1 ON CONFLICT DO NOTHING`;
}

/**
 * Deletes tags that only this ticket had and that no super admin has added or described: what is written in a tag may be about
 * the donor, and goes with the ticket.
 */
export async function forgetTags(db: Db, names: readonly string[], ticketId: string): Promise<void> {
  if (names.length === 0) return;
  await db.$executeRaw`
    DELETE FROM tags WHERE name = ANY(${names}::text[]) AND NOT managed
       AND NOT EXISTS (SELECT FROM tickets WHERE tickets.tags @> ARRAY[tags.name::text] AND tickets.id <> ${ticketId}::uuid)`;
}

/** Gives each skill that somebody got a row. */
export async function rememberSkills(db: Db, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db.$executeRaw`INSERT INTO skills (name) SELECT unnest(${names}::text[]) ORDER BY 1 ON CONFLICT DO NOTHING`;
}
