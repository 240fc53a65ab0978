import type { StaffRole } from '../../../contract/roles.js';
import type { Database } from '../../../platform/database/database.service.js';
import { Prisma } from '../../../platform/database/generated/client.js';
import { staffPrincipal, type StaffActor } from '../../auth/actor.js';
import { firstStepOf, type LoginStrength } from '../../auth/first-step.js';
import type { AccessClaims } from './access-tokens.js';

interface StaffRow extends LoginStrength {
  id: number;
  username: string;
  name: string;
  avatar: string | null;
  role: StaffRole;
}

/** The bearer of verified claims; nothing when deactivated, signed out, or revoked since. `strict`: roles that need a second factor. */
export async function findStaff(
  database: Database,
  { sub, tv, sid }: AccessClaims,
  strict: readonly StaffRole[],
): Promise<StaffActor | undefined> {
  const [row] = await database.query<StaffRow>(Prisma.sql`
    SELECT u.id, u.username, u.name, u.avatar, u.role, l.second_factor AS "secondFactor",
      l.one_time_password AS "oneTimePassword"
    FROM users u JOIN staff_logins l ON l.user_id = u.id
    WHERE u.id = ${sub} AND u.token_version = ${tv} AND u.is_active AND l.id = ${sid}::uuid AND l.ended_at IS NULL`);
  if (row === undefined) return undefined;
  const { secondFactor, oneTimePassword, ...staff } = row;
  const mustFirst = firstStepOf({ secondFactor, oneTimePassword }, row.role, strict);
  const actor = { ...staffPrincipal(row.id), ...staff, tokenVersion: tv, loginId: sid };
  return { ...actor, ...(mustFirst && { mustFirst }) };
}
