import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma, User } from '../../platform/database/generated/client.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { AuditLog } from '../audit/audit-log.js';
import { ACCESS_TOKEN_LIFETIME, AccessTokens } from './access-tokens.js';
import type { SignedIn } from './auth.dto.js';
import { loginRefused, signedOut } from './auth.errors.js';
import './auth.events.js';
import { hashToken, newOpaqueToken } from './opaque-token.js';
import { endTokens, familyOf, lockStaff, markUsed } from './staff-sessions.queries.js';
import type { SecondFactor } from './second-factors.service.js';
import { StaffProfiles } from './staff-profiles.service.js';

/** Seconds; each refresh starts it anew. */
export const REFRESH_TOKEN_LIFETIME = 30 * 24 * 3600;

/** What a sign-in or a refresh yields: the answer, and the refresh token for the cookie. */
export interface StaffSession {
  answer: SignedIn;
  refreshToken: string;
}

type Tx = Prisma.TransactionClient;

/**
 * The logins of staff. A login is a family of refresh tokens, each used once; whatever changes one locks its user's row
 * first, so that ending a login cannot miss a token that is being made.
 */
@Injectable()
export class StaffSessions {
  constructor(
    private readonly database: Database,
    private readonly accessTokens: AccessTokens,
    private readonly audit: AuditLog,
    private readonly bus: EventBus,
    private readonly profiles: StaffProfiles,
  ) {}

  /** Starts a login for a user who was just checked, with or without a second factor; 401 if the user changed meanwhile. */
  async open(checked: Pick<User, 'id' | 'tokenVersion'>, secondFactor?: SecondFactor): Promise<StaffSession> {
    return this.database.$transaction(async (tx) => {
      const user = await lockStaff(tx, checked.id);
      if (user?.tokenVersion !== checked.tokenVersion || !user.isActive) throw loginRefused();
      await tx.refreshToken.deleteMany({ where: { userId: user.id, expiresAt: { lt: new Date() } } });
      const actor = { kind: 'staff', key: `u:${user.id}` } as const;
      const data = secondFactor === undefined ? {} : { secondFactor };
      await this.audit.record({ action: 'auth.login', actor, data }, tx);
      return this.issue(tx, user, randomUUID());
    });
  }

  /**
   * Trades a refresh token for its successor. A used one that comes back ends the login, unless it comes within
   * 10 s: then two tabs raced and both go on.
   */
  async refresh(refreshToken: string): Promise<StaffSession> {
    const hash = hashToken(refreshToken);
    const outcome = await this.database.$transaction(async (tx) => {
      const family = await familyOf(tx, hash);
      const user = family && (await lockStaff(tx, family.userId));
      const used = user?.isActive ? await markUsed(tx, hash) : undefined;
      if (user === undefined || used === undefined) return undefined;
      if (!used.stale) return this.issue(tx, user, used.familyId);
      await tx.refreshToken.deleteMany({ where: { familyId: used.familyId } });
      const actor = { kind: 'staff', key: `u:${user.id}` } as const;
      await this.audit.record({ action: 'auth.refresh_reused', actor }, tx);
      return { revoked: user.id };
    });
    if (outcome === undefined) throw signedOut();
    if ('answer' in outcome) return outcome;
    this.announce(outcome.revoked);
    throw signedOut();
  }

  /** Ends the login that a refresh token belongs to; an unknown token ends nothing. */
  async close(refreshToken: string): Promise<void> {
    const userId = await this.database.$transaction(async (tx) => {
      const family = await familyOf(tx, hashToken(refreshToken));
      if (family === undefined) return undefined;
      await lockStaff(tx, family.userId);
      await tx.refreshToken.deleteMany({ where: { familyId: family.familyId } });
      return family.userId;
    });
    if (userId !== undefined) this.announce(userId);
  }

  /** Ends every login of a user and makes all tokens issued so far worthless. */
  async closeAll(userId: number): Promise<void> {
    await this.database.$transaction(async (tx) => {
      await this.revokeAll(tx, userId);
      const actor = { kind: 'staff', key: `u:${userId}` } as const;
      await this.audit.record({ action: 'auth.logout_all', actor }, tx);
    });
    this.announce(userId);
  }

  /** Stores a new password, ends every login and starts a new one for who changed it. */
  async changePassword(userId: number, passwordHash: string): Promise<StaffSession> {
    const session = await this.database.$transaction(async (tx) => {
      await this.revokeAll(tx, userId);
      const user = await tx.user.update({ where: { id: userId }, data: { passwordHash } });
      const actor = { kind: 'staff', key: `u:${userId}` } as const;
      await this.audit.record({ action: 'auth.password_changed', actor }, tx);
      return this.issue(tx, user, randomUUID());
    });
    this.announce(userId);
    return session;
  }

  /** Within `tx`, ends every login of a user. After the commit, `announce` it. */
  async revokeAll(tx: Tx, userId: number): Promise<void> {
    await endTokens(tx, userId);
    await tx.refreshToken.deleteMany({ where: { userId } });
  }

  /** Something about this user has changed: nobody goes on with what they knew, live connections included. */
  announce(userId: number): void {
    this.bus.publish('identity.revoked', { userId });
  }

  private async issue(tx: Tx, user: User, familyId: string): Promise<StaffSession> {
    const { token, hash } = newOpaqueToken('crt_');
    const expiresAt = new Date(Date.now() + REFRESH_TOKEN_LIFETIME * 1000);
    await tx.refreshToken.create({ data: { familyId, userId: user.id, tokenHash: hash, expiresAt } });
    const accessToken = this.accessTokens.sign(user, familyId);
    const answer = { accessToken, expiresIn: ACCESS_TOKEN_LIFETIME, user: this.profiles.of(user) };
    return { answer, refreshToken: token };
  }
}
