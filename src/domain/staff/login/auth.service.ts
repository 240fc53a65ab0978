import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { invalidField } from '../../../platform/http/errors/domain-error.js';
import type { User } from '../../../platform/database/generated/client.js';
import { AuditLog } from '../../audit/audit-log.js';
import { staffPrincipal, type StaffActor } from '../../auth/actor.js';
import type { LoginDto } from '../sessions/auth.dto.js';
import { loginRefused, oneTimePasswordUsed, passwordNotYours, signedOut } from '../../auth/auth.errors.js';
import { LoginLimiter } from '../sessions/login-limiter.js';
import { mustBeGood } from './password.policy.js';
import { Passwords } from './passwords.js';
import type { TotpOfferResponse, TurnOffTotpDto } from '../second-factor/second-factor.dto.js';
import { SecondFactors } from '../second-factor/second-factors.service.js';
import { StaffSessions, type StaffSession } from '../sessions/staff-sessions.js';

/** Signing in at an address counts as knowing it for this many days. */
const FAMILIAR_DAYS = 30;

/** What somebody knows, and what they want instead. */
export interface PasswordChange {
  /** Not asked for in a login that was made with a one-time password. */
  currentPassword?: string | undefined;
  newPassword: string;
}

/** Everything that starts from a password. */
@Injectable()
export class AuthService {
  constructor(
    private readonly database: Database,
    private readonly limiter: LoginLimiter,
    private readonly passwords: Passwords,
    private readonly sessions: StaffSessions,
    private readonly audit: AuditLog,
    private readonly secondFactors: SecondFactors,
  ) {}

  /**
   * Same answer after the same time for an unknown user, a wrong password and a deactivated account, whether or not there is
   * a second factor; only who knows the password is asked for that.
   */
  async login({ username, password, totp }: LoginDto): Promise<StaffSession> {
    const name = username.trim().toLowerCase();
    const user = await this.database.user.findUnique({ where: { username: name } });
    await this.limiter.countAccount(name, () => this.isFamiliar(user));
    const matches = await this.passwords.matches(password, user?.passwordHash);
    if (!user?.isActive || !matches) {
      await this.recordFailure(user);
      throw loginRefused();
    }
    if (user.passwordState === 'used_up') {
      await this.recordFailure(user, 'one_time_password_used');
      throw oneTimePasswordUsed();
    }
    return this.sessions.open(user, await this.secondFactors.demand(user, totp));
  }

  /** Trades a refresh token for its successor; 401 without one or when it has lost its power. */
  async refresh(refreshToken: string | undefined, ip: string | undefined): Promise<StaffSession> {
    if (refreshToken === undefined) throw signedOut();
    await this.limiter.countCookie(ip ?? 'unknown');
    return this.sessions.refresh(refreshToken);
  }

  /** Ends the login of a refresh token, if it is one. */
  async logout(refreshToken: string | undefined, ip: string | undefined): Promise<void> {
    if (refreshToken === undefined) return;
    await this.limiter.countCookie(ip ?? 'unknown');
    await this.sessions.close(refreshToken);
  }

  /** Ends every login of the caller. */
  async logoutAll(actor: StaffActor): Promise<void> {
    await this.sessions.closeAll(actor.id);
  }

  /** 400 unless the current password is right and the new one good enough. Ends all other logins. */
  async changePassword(
    { loginId, ...actor }: StaffActor,
    { currentPassword, newPassword }: PasswordChange,
  ): Promise<StaffSession> {
    if (loginId === undefined) throw passwordNotYours();
    const user =
      actor.mustFirst === 'change the password'
        ? await this.find(actor)
        : await this.mustKnow(actor, currentPassword, 'currentPassword');
    await mustBeGood(newPassword, user);
    if (await this.passwords.matches(newPassword, user.passwordHash))
      throw invalidField('newPassword', 'This is your password already. Choose another one.');
    return this.sessions.changePassword(user.id, loginId, await this.passwords.hash(newPassword));
  }

  /** 400 that names `currentPassword` unless it is the caller's. */
  async confirmPassword(actor: StaffActor, currentPassword: string): Promise<void> {
    await this.mustKnow(actor, currentPassword, 'currentPassword');
  }

  /** A secret for the caller's authenticator app; 400 unless the password is right. */
  async beginSecondFactor(actor: StaffActor, password: string): Promise<TotpOfferResponse> {
    await this.mustKnow(actor, password, 'password');
    return this.secondFactors.begin(actor);
  }

  /** Turns the second factor on; gives the recovery codes. */
  confirmSecondFactor(actor: StaffActor, code: string): Promise<string[]> {
    return this.secondFactors.confirm(actor, code);
  }

  /** 400 unless the password and a code are right. */
  async turnOffSecondFactor(actor: StaffActor, { password, code }: TurnOffTotpDto): Promise<void> {
    await this.mustKnow(actor, password, 'password');
    await this.secondFactors.turnOff(actor, code);
  }

  /** The caller's row; 400 that names `field` unless this is their password, 429 after too many tries. */
  private async mustKnow(actor: StaffActor, password: string | undefined, field: string): Promise<User> {
    if (password === undefined) throw invalidField(field, 'Enter your current password.');
    const user = await this.find(actor);
    await this.limiter.countAccount(user.username, async () => false);
    if (await this.passwords.matches(password, user.passwordHash)) return user;
    throw invalidField(field, 'This is not your current password.');
  }

  private find({ id }: StaffActor): Promise<User> {
    return this.database.user.findUniqueOrThrow({ where: { id } });
  }

  private async isFamiliar(user: User | null): Promise<boolean> {
    if (user === null) return false;
    return this.audit.happenedFromHere(
      { action: 'auth.login', actor: staffPrincipal(user.id) },
      FAMILIAR_DAYS,
    );
  }

  /** An unknown name is not kept: it may be a password typed into the wrong field. */
  private async recordFailure(user: User | null, reason = reasonOf(user)): Promise<void> {
    const subject = user === null ? {} : { subject: String(user.id) };
    await this.audit.recordRefusal({ action: 'auth.login_failed', ...subject, data: { reason } });
  }
}

function reasonOf(user: User | null): string {
  if (user === null) return 'unknown_user';
  return user.isActive ? 'wrong_password' : 'inactive';
}
