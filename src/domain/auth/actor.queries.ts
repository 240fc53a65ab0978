import type { StaffRole } from '../../contract/roles.js';
import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import type { DonorActor, StaffActor } from './actor.js';
import type { AccessClaims } from './access-tokens.js';

interface StaffRow {
  id: number;
  username: string;
  name: string;
  avatar: string | null;
  role: StaffRole;
  hasSecondFactor: boolean;
}

/** The bearer of verified claims; nothing when deactivated, signed out, or revoked since. `strict`: roles that need a second factor. */
export async function findStaff(
  database: Database,
  claims: AccessClaims,
  strict: readonly StaffRole[],
): Promise<StaffActor | undefined> {
  const [row] = await database.query<StaffRow>(Prisma.sql`
    SELECT id, username, name, avatar, role, totp_confirmed_at IS NOT NULL AS "hasSecondFactor" FROM users
    WHERE id = ${claims.sub} AND token_version = ${claims.tv} AND is_active
      AND EXISTS (SELECT 1 FROM refresh_tokens WHERE family_id = ${claims.sid}::uuid AND user_id = users.id)`);
  if (row === undefined) return undefined;
  const { hasSecondFactor, ...staff } = row;
  const mustEnrol = !hasSecondFactor && strict.includes(row.role);
  return { kind: 'staff', key: `u:${row.id}`, ...staff, ...(mustEnrol && { mustEnrol }) };
}

interface DonorRow {
  id: string;
  donorId: string;
  email: string | null;
  name: string | null;
  verified: boolean;
  quiet: boolean;
}

/** The donor session of a token's hash, unless revoked; notes once an hour that it is still in use. */
export async function findDonor(
  database: Database,
  tokenHash: Uint8Array<ArrayBuffer>,
): Promise<DonorActor | undefined> {
  const [row] = await database.query<DonorRow>(Prisma.sql`
    SELECT id, donor_id AS "donorId", email, name, verified_at IS NOT NULL AS verified,
      last_seen_at < now() - interval '1 hour' AS quiet
    FROM donor_sessions WHERE token_hash = ${tokenHash} AND revoked_at IS NULL`);
  if (row === undefined) return undefined;
  const { id, quiet, ...donor } = row;
  if (quiet)
    await database.$executeRaw`UPDATE donor_sessions SET last_seen_at = now() WHERE id = ${id}::uuid`;
  return { kind: 'donor', key: `d:${id}`, sessionId: id, ...donor };
}
