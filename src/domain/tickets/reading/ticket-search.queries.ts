import { PLANNED_EACH_TIME } from '../../../platform/database/statement-names.js';
import { Prisma } from '../../../platform/database/generated/client.js';

/** Matches are bounded: a word in every ticket must not read the whole archive. */
const SEARCH_BOUND = 1_000;

/**
 * Which plan is right depends on how common the word is: a statement that searches starts with this, so that PostgreSQL plans it
 * for the words at hand. A plan for any word reads the whole archive for a common one.
 */
export const SEARCHING = Prisma.raw(PLANNED_EACH_TIME);

/** The function of the database that reads what somebody typed, into the words of the `search` columns. */
const queryOf = (q: string): Prisma.Sql => Prisma.sql`search_query(${q})`;

/**
 * Tickets of whose text, or of one of whose messages, the query holds. Tickets are taken newest first. The messages stand apart
 * (MATERIALIZED) because PostgreSQL otherwise hopes to meet a thousand of them soon, and reads every message for a rare word.
 */
export function searchClause(q: string): Prisma.Sql {
  return Prisma.sql`t.id IN (
    (SELECT f.id FROM tickets f WHERE f.search @@ ${queryOf(q)} ORDER BY f.updated_at DESC, f.id DESC LIMIT ${SEARCH_BOUND}::int)
    UNION ALL
    (WITH found AS MATERIALIZED (SELECT m.ticket_id FROM messages m WHERE m.search @@ ${queryOf(q)})
     SELECT ticket_id FROM found LIMIT ${SEARCH_BOUND}::int))`;
}

/** A donor's few tickets are looked through one by one: other people's matches must not crowd them out of the bound. */
export function ownSearchClause(q: string): Prisma.Sql {
  return Prisma.sql`(t.search @@ ${queryOf(q)} OR EXISTS (
    SELECT 1 FROM messages m WHERE m.ticket_id = t.id AND m.message_type <> 'note' AND m.search @@ ${queryOf(q)}))`;
}
