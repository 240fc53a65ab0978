import type { Prisma, User } from '../../platform/database/generated/client.js';

type Tx = Prisma.TransactionClient;
type Hash = Uint8Array<ArrayBuffer>;

interface Family {
  familyId: string;
  userId: number;
}

/** The login that a refresh token belongs to, used or expired ones included. */
export async function familyOf(tx: Tx, tokenHash: Hash): Promise<Family | undefined> {
  const select = { familyId: true, userId: true };
  return (await tx.refreshToken.findUnique({ where: { tokenHash }, select })) ?? undefined;
}

/** Locks a user's row until the transaction ends and reads it as it then is. */
export async function lockStaff(tx: Tx, id: number): Promise<User | undefined> {
  await tx.$executeRaw`SELECT 1 FROM users WHERE id = ${id} FOR NO KEY UPDATE`;
  return (await tx.user.findUnique({ where: { id } })) ?? undefined;
}

/**
 * Marks a refresh token as used; nothing when it is unknown or expired. `stale`: it had been used more than 10 s
 * before, so this is no race between two tabs.
 */
export async function markUsed(tx: Tx, tokenHash: Hash): Promise<(Family & { stale: boolean }) | undefined> {
  const [used] = await tx.$queryRaw<(Family & { stale: boolean })[]>`
    UPDATE refresh_tokens SET used_at = coalesce(used_at, now())
    WHERE token_hash = ${tokenHash} AND expires_at > now()
    RETURNING family_id AS "familyId", user_id AS "userId", used_at < now() - interval '10 seconds' AS stale`;
  return used;
}
