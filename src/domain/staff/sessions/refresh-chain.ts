import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { hashToken, newOpaqueToken, type OpaqueToken } from '../../auth/opaque-token.js';
import { noteRepeat, usesOf } from './staff-logins.queries.js';

/** Seconds; each refresh starts it again. */
export const REFRESH_TOKEN_LIFETIME = 30 * 24 * 3600;

const PREFIX = 'crt_';

type Tx = Prisma.TransactionClient;

/**
 * The refresh tokens of a login: the first is random, each other is derived from the one before it. So tabs that race get one
 * successor, and who lost the answer to a refresh can get the same again, although only hashes are stored.
 *
 * After 10 s a used token counts once more while its successor is unused, and once an hour for a login: a thief who keeps in
 * step with the owner would need that at every refresh. Any other second use means that two hold the token.
 */
@Injectable()
export class RefreshChain {
  private readonly secret: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.secret = config.secrets.jwt;
  }

  /** Within `tx`, stores the first token of a login and returns it. */
  async start(tx: Tx, loginId: string): Promise<string> {
    return this.store(tx, loginId, newOpaqueToken(PREFIX));
  }

  /** Within `tx`, which has locked the user's row: the token to go on with instead of `token`, a token of this login. */
  async advance(tx: Tx, loginId: string, token: string): Promise<{ token: string } | 'unknown' | 'reused'> {
    const tokenHash = hashToken(token);
    const uses = await usesOf(tx, tokenHash);
    if (uses === undefined) return 'unknown';
    const next = this.successorOf(token);
    if (!uses.used) {
      await tx.refreshToken.update({ where: { tokenHash }, data: { usedAt: new Date() } });
      return { token: await this.store(tx, loginId, next) };
    }
    const nextUses = await usesOf(tx, next.hash);
    if (nextUses === undefined) return 'reused';
    // Tabs raced, and one of them has even gone further.
    if (nextUses.used) return uses.longAgo ? 'reused' : this.advance(tx, loginId, next.token);
    return !uses.longAgo || (await noteRepeat(tx, loginId)) ? { token: next.token } : 'reused';
  }

  private successorOf(token: string): OpaqueToken {
    const body = createHmac('sha256', this.secret).update(`refresh token:${token}`).digest('base64url');
    return { token: PREFIX + body, hash: hashToken(PREFIX + body) };
  }

  private async store(tx: Tx, loginId: string, { token, hash }: OpaqueToken): Promise<string> {
    const expiresAt = new Date(Date.now() + REFRESH_TOKEN_LIFETIME * 1000);
    await tx.refreshToken.create({ data: { loginId, tokenHash: hash, expiresAt } });
    return token;
  }
}
