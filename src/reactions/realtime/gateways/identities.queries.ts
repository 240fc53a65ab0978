import type { Database } from '../../../platform/database/database.service.js';

/** What decides whether the tokens of an identity still hold, as one text that changes with it. */
export interface IdentityRow {
  /** As Principal.key: `u:<user id>` or `d:<session id>`. */
  key: string;
  state: string;
}

/** Everything the tokens of these people depend on, in one statement; who is gone is missing. */
export function readIdentities(
  database: Database,
  userIds: readonly number[],
  sessionIds: readonly string[],
): Promise<IdentityRow[]> {
  return database.$queryRaw<IdentityRow[]>`
    SELECT 'u:' || u.id AS key,
           concat_ws(' ', u.token_version, u.is_active, u.role,
             (SELECT string_agg(concat(l.id, l.second_factor, l.one_time_password), ' ' ORDER BY l.id) FROM staff_logins l
               WHERE l.user_id = u.id AND l.ended_at IS NULL)) AS state
      FROM users u WHERE u.id = ANY(${userIds}::int[])
    UNION ALL
    SELECT 'd:' || s.id, CASE WHEN s.revoked_at IS NOT NULL THEN 'revoked ' || s.revoked_at
                              WHEN s.owner_key IS NOT NULL THEN 'verified' ELSE 'guest' END
      FROM donor_sessions s WHERE s.id = ANY(${sessionIds}::uuid[])`;
}
