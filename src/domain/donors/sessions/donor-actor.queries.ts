import type { DelegatedRole } from '../../../contract/roles.js';
import type { Database } from '../../../platform/database/database.service.js';
import { Prisma } from '../../../platform/database/generated/client.js';
import type { DonorActor } from '../../auth/actor.js';
import { writeProvenDonor } from '../donors.queries.js';
import { GUEST_IDLE_DAYS, LONGEST_DAYS, VERIFIED_IDLE_DAYS } from './donor-session-life.js';

interface DonorRow {
  id: string;
  donorId: string;
  email: string | null;
  name: string | null;
  ownerKey: string | null;
  donorRole: DelegatedRole | null;
  tokenVersion: number;
  expiresAt: Date | null;
  quiet: boolean;
}

/** A live donor session, and when it ends by itself. */
export interface FoundDonor {
  actor: DonorActor;
  expiresAt: Date | null;
}

/**
 * The donor session of a token's hash, unless revoked or expired. Notes once an hour that it is in use, which moves its end:
 * a session ends after some time without use, and after LONGEST_DAYS in any case.
 */
export async function findDonor(
  database: Database,
  tokenHash: Uint8Array<ArrayBuffer>,
): Promise<FoundDonor | undefined> {
  const [row] = await database.query<DonorRow>(Prisma.sql`
    SELECT id, donor_id AS "donorId", email, name, owner_key AS "ownerKey", donor_role AS "donorRole", token_version AS "tokenVersion", expires_at AS "expiresAt",
      last_seen_at < now() - interval '1 hour' AS quiet
    FROM donor_sessions
    WHERE token_hash = ${tokenHash} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`);
  if (row === undefined) return undefined;
  const { id, quiet, expiresAt, donorRole, ...donor } = row;
  const role = donorRole === null ? {} : { donorRole };
  const actor: DonorActor = { kind: 'donor', key: `d:${id}`, sessionId: id, ...donor, ...role };
  return { actor, expiresAt: quiet ? await extend(database, actor) : expiresAt };
}

async function extend(database: Database, { sessionId, ownerKey }: DonorActor): Promise<Date | null> {
  const days = ownerKey === null ? GUEST_IDLE_DAYS : VERIFIED_IDLE_DAYS;
  const [row] = await database.$queryRaw<{ expiresAt: Date }[]>`
    UPDATE donor_sessions
       SET last_seen_at = now(),
           expires_at = greatest(expires_at, least(now() + ${days}::int * interval '1 day',
                                                   created_at + ${LONGEST_DAYS}::int * interval '1 day'))
     WHERE id = ${sessionId}::uuid RETURNING expires_at AS "expiresAt"`;
  return row?.expiresAt ?? null;
}

/** A donor as a trusted backend describes them. */
export interface DelegatedDonor {
  /** Made from the ownerKey: all bearers of one identity's tokens share a session. */
  sessionId: string;
  ownerKey: string;
  donorId: string;
  email: string | null;
  name: string | null;
  issuer: string | null;
  /** When the token was issued; null when it does not say so. */
  issuedAt: Date | null;
}

/**
 * The session of a delegated identity, made when it is first seen, as is the row of the person. Its `revoked_at` is a line in time: tokens issued before
 * are worthless, and the backend lets the person in again with a newer one. Nothing for a token before that line.
 */
export async function delegatedDonor(
  database: Database,
  { sessionId, ownerKey, donorId, email, name, issuer, issuedAt }: DelegatedDonor,
): Promise<DonorActor | undefined> {
  const [known] = await database.query<{
    tokenVersion: number;
    revoked: boolean;
    current: boolean;
  }>(Prisma.sql`
    SELECT token_version AS "tokenVersion", revoked_at IS NOT NULL AND coalesce(${issuedAt}::timestamptz <= revoked_at, true) AS revoked,
      (email IS NOT DISTINCT FROM ${email}::text AND name IS NOT DISTINCT FROM ${name}::text
        AND last_seen_at > now() - interval '1 hour') AS current
    FROM donor_sessions WHERE id = ${sessionId}::uuid`);
  if (known?.revoked) return undefined;
  if (!known?.current)
    await database.$executeRaw`
      WITH d AS (${writeProvenDonor({ ownerKey, email, name })})
      INSERT INTO donor_sessions (id, donor_uuid, donor_id, email, name, owner_key, issuer, verified_at)
      SELECT ${sessionId}::uuid, d.id, ${donorId}, ${email}, ${name}, ${ownerKey}, ${issuer}, now() FROM d
      ON CONFLICT (id) DO UPDATE SET donor_uuid = excluded.donor_uuid, donor_id = excluded.donor_id, email = excluded.email, name = excluded.name,
        owner_key = excluded.owner_key, issuer = excluded.issuer, last_seen_at = now()`;
  const tokenVersion = known?.tokenVersion ?? 0;
  return { kind: 'donor', key: `d:${sessionId}`, sessionId, tokenVersion, donorId, email, name, ownerKey };
}
