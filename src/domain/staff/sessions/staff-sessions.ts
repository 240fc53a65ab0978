import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import type { Prisma, StaffLogin, User } from '../../../platform/database/generated/client.js';
import { EventBus } from '../../../platform/events/event-bus.js';
import { AuditLog } from '../../audit/audit-log.js';
import { ACCESS_TOKEN_LIFETIME, AccessTokens } from './access-tokens.js';
import { staffPrincipal } from '../../auth/actor.js';
import type { SignedInResponse } from './auth.dto.js';
import { loginRefused, oneTimePasswordUsed, signedOut } from '../../auth/auth.errors.js';
import '../../auth/auth.events.js';
import { hashToken } from '../../auth/opaque-token.js';
import { RefreshChain } from './refresh-chain.js';
import { endLogins, endTokens, lockStaff, loginBehind, loginOrigin } from './staff-logins.queries.js';
import { StaffProfiles } from '../profiles/staff-profiles.service.js';

/** What somebody proved themselves with beside the password. */
export type SecondFactor = 'totp' | 'recovery_code';

/** What a sign-in or a refresh yields: the answer, and the refresh token for the cookie. */
export interface StaffSession {
  answer: SignedInResponse;
  refreshToken: string;
}

type Tx = Prisma.TransactionClient;

/**
 * The logins of staff. A login has refresh tokens, each used once; whatever changes one locks its user's row first, so that
 * ending a login cannot miss a token that is being made.
 */
@Injectable()
export class StaffSessions {
  constructor(
    private readonly database: Database,
    private readonly accessTokens: AccessTokens,
    private readonly audit: AuditLog,
    private readonly bus: EventBus,
    private readonly profiles: StaffProfiles,
    private readonly chain: RefreshChain,
  ) {}

  /** Starts a login for a user who was just checked, with or without a second factor; 401 if the user changed meanwhile. */
  async open(checked: Pick<User, 'id' | 'tokenVersion'>, secondFactor?: SecondFactor): Promise<StaffSession> {
    return this.database.$transaction(async (tx) => {
      const user = await lockStaff(tx, checked.id);
      if (user?.tokenVersion !== checked.tokenVersion || !user.isActive) throw loginRefused();
      // Somebody has set up a second factor since the password was checked.
      if (user.totpConfirmedAt !== null && secondFactor === undefined) throw loginRefused();
      await tx.refreshToken.deleteMany({
        where: { login: { userId: user.id }, expiresAt: { lt: new Date() } },
      });
      if (user.passwordState === 'used_up') throw oneTimePasswordUsed();
      const oneTimePassword = user.passwordState === 'one_time';
      if (oneTimePassword)
        await tx.user.update({ where: { id: user.id }, data: { passwordState: 'used_up' } });
      const data = { ...(secondFactor && { secondFactor }), ...(oneTimePassword && { oneTimePassword }) };
      await this.audit.record({ action: 'auth.login', actor: staffPrincipal(user.id), data }, tx);
      const login = await tx.staffLogin.create({
        data: {
          userId: user.id,
          secondFactor: secondFactor !== undefined,
          oneTimePassword,
          ...loginOrigin(),
        },
      });
      return this.issue(tx, user, login);
    });
  }

  /**
   * Trades a refresh token for its successor. Who lost the answer gets the same successor again (RefreshChain); another token
   * that was used before ends the login.
   */
  async refresh(refreshToken: string): Promise<StaffSession> {
    const outcome = await this.database.$transaction(async (tx) => {
      const found = await loginBehind(tx, hashToken(refreshToken));
      const user = found && (await lockStaff(tx, found.userId));
      if (found === undefined || !user?.isActive) return undefined;
      const step = await this.chain.advance(tx, found.id, refreshToken);
      if (step === 'unknown') return undefined;
      if (step === 'reused') {
        await endLogins(tx, user.id, { only: found.id });
        await this.audit.record({ action: 'auth.refresh_reused', actor: staffPrincipal(user.id) }, tx);
        return { revoked: user.id };
      }
      const data = { lastUsedAt: new Date(), ...loginOrigin() };
      const login = await tx.staffLogin.update({ where: { id: found.id }, data });
      return this.answer(user, login, step.token);
    });
    if (outcome === undefined) throw signedOut();
    if ('answer' in outcome) return outcome;
    this.publishEnd(outcome.revoked);
    throw signedOut();
  }

  /** Ends the login that a refresh token belongs to; an unknown token ends nothing. */
  async close(refreshToken: string): Promise<void> {
    const userId = await this.database.$transaction(async (tx) => {
      const login = await loginBehind(tx, hashToken(refreshToken));
      if (login === undefined) return undefined;
      await lockStaff(tx, login.userId);
      const ended = await endLogins(tx, login.userId, { only: login.id });
      if (ended > 0)
        await this.audit.record({ action: 'auth.logout', actor: staffPrincipal(login.userId) }, tx);
      return login.userId;
    });
    if (userId !== undefined) this.publishEnd(userId);
  }

  /** Ends every login of a user and makes all tokens issued so far worthless. */
  async closeAll(userId: number): Promise<void> {
    await this.database.$transaction(async (tx) => {
      await this.revokeAll(tx, userId);
      await this.audit.record({ action: 'auth.logout_all', actor: staffPrincipal(userId) }, tx);
    });
    this.publishEnd(userId);
  }

  /** Stores a new password and ends every login but the one that changed it, which goes on with new tokens. */
  async changePassword(id: number, loginId: string, passwordHash: string): Promise<StaffSession> {
    const session = await this.database.$transaction(async (tx) => {
      await endTokens(tx, id);
      const data = { passwordHash, passwordState: 'lasting' };
      const user = await tx.user.update({ where: { id }, data });
      await endLogins(tx, id, { except: loginId });
      const where = { id: loginId, userId: id, endedAt: null };
      const [login] = await tx.staffLogin.updateManyAndReturn({ where, data: { oneTimePassword: false } });
      if (login === undefined) throw signedOut();
      await tx.refreshToken.deleteMany({ where: { loginId } });
      await this.audit.record({ action: 'auth.password_changed', actor: staffPrincipal(id) }, tx);
      return this.issue(tx, user, login);
    });
    this.publishEnd(id);
    return session;
  }

  /** Within `tx`, ends every login of a user. After the commit, `publishEnd` says so. */
  async revokeAll(tx: Tx, userId: number): Promise<void> {
    await endTokens(tx, userId);
    await endLogins(tx, userId);
  }

  /** Something about this user has changed: nobody goes on with what they knew, live connections included. */
  publishEnd(userId: number): void {
    this.bus.publish('identity.revoked', { userId });
  }

  private async issue(tx: Tx, user: User, login: StaffLogin): Promise<StaffSession> {
    return this.answer(user, login, await this.chain.start(tx, login.id));
  }

  private async answer(user: User, login: StaffLogin, refreshToken: string): Promise<StaffSession> {
    const accessToken = this.accessTokens.sign(user, login.id);
    const profile = await this.profiles.profileOf(user, login);
    return { answer: { accessToken, expiresIn: ACCESS_TOKEN_LIFETIME, user: profile }, refreshToken };
  }
}
