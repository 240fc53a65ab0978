import type { Prisma, StaffLogin, User } from '../../../platform/database/generated/client.js';
import { requestSource } from '../../../platform/http/security/request-source.js';
import { writeStreamEvent } from '../../outbox/outbox.queries.js';

type Tx = Prisma.TransactionClient;
type Hash = Uint8Array<ArrayBuffer>;

const LONGEST_USER_AGENT = 400;

/** The columns that say from where a login is used now. */
export function loginOrigin(): Pick<StaffLogin, 'address' | 'userAgent'> {
  const { ip, userAgent } = requestSource();
  return { address: ip, userAgent: userAgent?.slice(0, LONGEST_USER_AGENT) ?? null };
}

/** The login that a refresh token belongs to, used or expired ones included. */
export async function loginBehind(tx: Tx, tokenHash: Hash): Promise<StaffLogin | undefined> {
  const token = await tx.refreshToken.findUnique({ where: { tokenHash }, select: { login: true } });
  return token?.login;
}

/** Locks a user's row until the transaction ends and reads it as it then is. */
export async function lockStaff(tx: Tx, id: number): Promise<User | undefined> {
  await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${id} FOR NO KEY UPDATE`;
  return (await tx.user.findUnique({ where: { id } })) ?? undefined;
}

/**
 * Makes every token of somebody worthless that was issued so far: access tokens by their version, links that set a password, tokens
 * of trusted backends by their time of issue. The clock of a backend may be ahead, so its newest token so far is before the line as well.
 */
export async function endTokens(tx: Tx, userId: number): Promise<void> {
  await tx.$executeRaw`
    UPDATE users SET token_version = token_version + 1, tokens_valid_after = greatest(clock_timestamp(), delegated_at)
    WHERE id = ${userId}`;
  await tx.passwordLink.deleteMany({ where: { userId } });
  await writeStreamEvent(tx, tokensEnded(userId));
}

const tokensEnded = (userId: number) =>
  ({ streamType: 'staff', streamId: String(userId), type: 'staff.tokens_ended' }) as const;

/**
 * Locks somebody's row together with those of all active super admins, in one order, until the transaction ends: who decides
 * about them at the same time waits and sees the outcome. Gives the person as they then are, and whether they are the last
 * super admin who can sign in: anyone who has no password depends on a backend to come in.
 */
export async function lockForDecision(
  tx: Tx,
  id: number,
): Promise<{ user: User | null; isLastSuperAdmin: boolean }> {
  await tx.$executeRaw`
    SELECT 1 FROM users WHERE id = ${id} OR (role = 'SUPER_ADMIN' AND is_active) ORDER BY id FOR NO KEY UPDATE`;
  const able = await tx.user.findMany({
    where: { role: 'SUPER_ADMIN', isActive: true, passwordHash: { not: null } },
    select: { id: true },
  });
  const isLastSuperAdmin = able.length === 1 && able[0]?.id === id;
  return { user: await tx.user.findUnique({ where: { id } }), isLastSuperAdmin };
}

/** Which logins of a user are live: neither ended, nor expired with their last refresh token. */
export function liveLogins(userId: number): Prisma.StaffLoginWhereInput {
  return { userId, endedAt: null, refreshTokens: { some: { expiresAt: { gt: new Date() } } } };
}

/**
 * Ends the logins of a user, whose row is locked: one, all, or all but one. Devices that were registered in them are forgotten;
 * with all logins every device of the user. Returns how many were live.
 */
export async function endLogins(
  tx: Tx,
  userId: number,
  which: { only?: string | undefined; except?: string | undefined } = {},
): Promise<number> {
  const id = { ...(which.only && { equals: which.only }), ...(which.except && { not: which.except }) };
  const where = { userId, id, endedAt: null };
  await tx.refreshToken.deleteMany({ where: { login: where } });
  const isAll = which.only === undefined && which.except === undefined;
  const registered = { where: { userId, ...(!isAll && { login: where }) } };
  await tx.device.deleteMany(registered);
  await tx.webPushSubscription.deleteMany(registered);
  const { count } = await tx.staffLogin.updateMany({ where, data: { endedAt: new Date() } });
  if (count > 0) await writeStreamEvent(tx, tokensEnded(userId));
  return count;
}

/** Whether a refresh token was used, and more than 10 s ago; nothing when it is unknown or expired. */
export async function usesOf(
  tx: Tx,
  tokenHash: Hash,
): Promise<{ used: boolean; longAgo: boolean } | undefined> {
  const [token] = await tx.$queryRaw<{ used: boolean; longAgo: boolean }[]>`
    SELECT used_at IS NOT NULL AS used, coalesce(used_at < now() - interval '10 seconds', false) AS "longAgo"
    FROM refresh_tokens WHERE token_hash = ${tokenHash} AND expires_at > now()`;
  return token;
}

/** Notes that a login gets an answer a second time; false when that has happened within the last hour. */
export async function noteRepeat(tx: Tx, loginId: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE staff_logins SET repeated_at = now()
    WHERE id = ${loginId}::uuid AND (repeated_at IS NULL OR repeated_at < now() - interval '1 hour')`;
  return count === 1;
}
