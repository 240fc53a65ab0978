import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { Cursor } from '../../platform/http/pagination/cursor.js';

export interface AuditFilter {
  actor: string | undefined;
  action: string | undefined;
  from: Date | undefined;
  to: Date | undefined;
  after: Cursor | undefined;
  limit: number;
}

export interface AuditRow {
  id: string;
  createdAt: Date;
  action: string;
  actorType: string;
  subject: string | null;
  ip: string | null;
  via: string | null;
  data: Record<string, unknown>;
  actorId: number | null;
  actorName: string | null;
  personId: number | null;
  personName: string | null;
}

/** Newest first, by keyset. The names are those of today. */
export function readAudit(database: Database, filter: AuditFilter): Promise<AuditRow[]> {
  return database.query<AuditRow>(Prisma.sql`
    SELECT a.id::text AS id, a.created_at AS "createdAt", a.action, a.actor_type AS "actorType", a.subject, a.ip, a.via, a.data,
      u.id AS "actorId", u.name AS "actorName", s.id AS "personId", s.name AS "personName"
    FROM audit_log a
    LEFT JOIN users u ON a.actor_type = 'staff' AND u.id::text = a.actor_id
    LEFT JOIN users s ON (a.action LIKE 'auth.%' OR a.action LIKE 'user.%') AND s.id::text = a.subject
    WHERE ${Prisma.join(conditions(filter), ' AND ')}
    ORDER BY a.created_at DESC, a.id DESC LIMIT ${filter.limit}`);
}

function conditions({ actor, action, from, to, after }: AuditFilter): Prisma.Sql[] {
  const all = [Prisma.sql`true`];
  if (actor !== undefined)
    all.push(
      Prisma.sql`((a.actor_type = 'staff' AND a.actor_id = ${actor}) OR
        (a.subject = ${actor} AND (a.action LIKE 'auth.%' OR a.action LIKE 'user.%')))`,
    );
  if (action?.includes('.')) all.push(Prisma.sql`a.action = ${action}`);
  else if (action !== undefined) all.push(Prisma.sql`starts_with(a.action, ${`${action}.`})`);
  if (from !== undefined) all.push(Prisma.sql`a.created_at >= ${from}`);
  if (to !== undefined) all.push(Prisma.sql`a.created_at < ${to}`);
  if (after !== undefined)
    all.push(Prisma.sql`(a.created_at, a.id) < (${after.at}::timestamptz, ${after.id}::bigint)`);
  return all;
}

/** Deletes up to `most` of the oldest entries from before a moment; returns how many. */
export function pruneAudit(database: Database, before: Date, most: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM audit_log WHERE id IN (
      SELECT id FROM audit_log WHERE created_at < ${before} ORDER BY created_at LIMIT ${most})`;
}
