import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { SecretBox } from '../../../platform/crypto/secret-box.js';
import { Database } from '../../../platform/database/database.service.js';
import type { Prisma, User } from '../../../platform/database/generated/client.js';
import { DeskProfile } from '../../../platform/desk-profile/desk-profile.js';
import { EventBus } from '../../../platform/events/event-bus.js';
import { invalidField } from '../../../platform/http/errors/domain-error.js';
import { AuditLog } from '../../audit/audit-log.js';
import type { StaffActor } from '../../auth/actor.js';
import { totpIsOff, totpIsOn, totpNotBegun, totpRefused, totpRequired } from '../../auth/auth.errors.js';
import '../../auth/auth.events.js';
import type { LoginStrength } from '../../auth/first-step.js';
import { LoginLimiter } from '../sessions/login-limiter.js';
import { hashToken } from '../../auth/opaque-token.js';
import type { TotpOfferResponse } from './second-factor.dto.js';
import { endLogins, lockStaff } from '../sessions/staff-logins.queries.js';
import type { SecondFactor } from '../sessions/staff-sessions.js';
import { isTotpCode, newRecoveryCodes, newTotpSecret, plainCode, stepOfCode, totpUri } from './totp.js';

type Tx = Prisma.TransactionClient;

/**
 * The optional second factor of staff: codes of an authenticator app (RFC 6238), each good once, and ten recovery codes.
 * The secret is sealed at rest; of recovery codes only hashes are kept.
 */
@Injectable()
export class SecondFactors {
  private readonly box: SecretBox;

  constructor(
    private readonly database: Database,
    private readonly limiter: LoginLimiter,
    private readonly audit: AuditLog,
    private readonly bus: EventBus,
    private readonly desk: DeskProfile,
    @Inject(CONFIG) config: Config,
  ) {
    this.box = new SecretBox(config.secrets.encryption, 'totp secret');
  }

  /**
   * For a sign-in whose password was right: nothing where no second factor is on. Throws totpRequired without a code, 429
   * after too many, totpRefused for a wrong or used one.
   */
  async demand(user: User, code: string | undefined): Promise<SecondFactor | undefined> {
    if (user.totpConfirmedAt === null) return undefined;
    if (code === undefined) throw totpRequired();
    await this.limiter.countSecondFactor(user.id);
    const factor = await this.use(this.database, user, code);
    if (factor !== undefined) return factor;
    await this.audit.recordRefusal({ action: 'auth.second_factor_failed', subject: String(user.id) });
    throw totpRefused();
  }

  /** Makes a secret for the caller's app; it counts for nothing until `confirm`. Asked again, it makes another. */
  async begin(actor: StaffActor): Promise<TotpOfferResponse> {
    const secret = newTotpSecret();
    const { count } = await this.database.user.updateMany({
      where: { id: actor.id, totpConfirmedAt: null },
      data: { totpSecret: this.box.seal(secret), totpLastStep: null },
    });
    if (count === 0) throw totpIsOn();
    return { secret, uri: totpUri(secret, { issuer: this.desk.name, username: actor.username }) };
  }

  /**
   * Turns the second factor on once the app has shown a right code; gives the recovery codes, this once. The login that does
   * it has shown a code and is as strong as one made with it; all others of the person end.
   */
  async confirm(actor: StaffActor, code: string): Promise<string[]> {
    await this.limiter.countSecondFactor(actor.id);
    const recoveryCodes = newRecoveryCodes();
    await this.database.$transaction(async (tx) => {
      const user = await lockStaff(tx, actor.id);
      if (user === undefined || user.totpSecret === null) throw totpNotBegun();
      if (user.totpConfirmedAt !== null) throw totpIsOn();
      const step = stepOfCode(this.box.open(user.totpSecret), plainCode(code));
      if (step === undefined) throw invalidField('code', 'This is not the code that your app shows now.');
      await tx.user.update({
        where: { id: user.id },
        data: { totpConfirmedAt: new Date(), totpLastStep: step },
      });
      await tx.recoveryCode.createMany({
        data: recoveryCodes.map((one) => ({ userId: user.id, codeHash: hashToken(plainCode(one)) })),
      });
      await this.keepOnly(tx, actor, { secondFactor: true });
      await this.audit.record({ action: 'auth.totp_enabled', actor, subject: String(user.id) }, tx);
    });
    this.bus.publish('identity.revoked', { userId: actor.id });
    return recoveryCodes;
  }

  /** Turns the caller's second factor off and ends all other logins; 400 unless `code` is one. */
  async turnOff(actor: StaffActor, code: string): Promise<void> {
    await this.limiter.countSecondFactor(actor.id);
    await this.database.$transaction(async (tx) => {
      const user = await lockStaff(tx, actor.id);
      if (user === undefined || user.totpConfirmedAt === null) throw totpIsOff();
      if ((await this.use(tx, user, code)) === undefined)
        throw invalidField('code', 'This code is not right, or was used before.');
      await this.forget(tx, user.id);
      await this.keepOnly(tx, actor, { secondFactor: false });
      await this.audit.record({ action: 'auth.totp_disabled', actor, subject: String(user.id) }, tx);
    });
    this.bus.publish('identity.revoked', { userId: actor.id });
  }

  /** Somebody's second factor is gone, without a code: for a lost phone. */
  async forget(tx: Tx, userId: number): Promise<void> {
    await tx.user.update({
      where: { id: userId },
      data: { totpSecret: null, totpConfirmedAt: null, totpLastStep: null },
    });
    await tx.recoveryCode.deleteMany({ where: { userId } });
  }

  private async keepOnly(
    tx: Tx,
    { id, loginId }: StaffActor,
    strength: Pick<LoginStrength, 'secondFactor'>,
  ): Promise<void> {
    await endLogins(tx, id, { except: loginId });
    if (loginId !== undefined) await tx.staffLogin.update({ where: { id: loginId }, data: strength });
  }

  /** Uses a code up, so that nobody who saw it can use it again. Two tries at once: one succeeds. */
  private async use(tx: Tx, user: User, code: string): Promise<SecondFactor | undefined> {
    const plain = plainCode(code);
    if (isTotpCode(plain)) return (await this.useStep(tx, user, plain)) ? 'totp' : undefined;
    const { count } = await tx.recoveryCode.deleteMany({
      where: { userId: user.id, codeHash: hashToken(plain) },
    });
    return count === 1 ? 'recovery_code' : undefined;
  }

  private async useStep(tx: Tx, user: User, plain: string): Promise<boolean> {
    if (user.totpSecret === null) return false;
    const step = stepOfCode(this.box.open(user.totpSecret), plain);
    if (step === undefined) return false;
    const { count } = await tx.user.updateMany({
      where: {
        id: user.id,
        totpSecret: user.totpSecret,
        OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }],
      },
      data: { totpLastStep: step },
    });
    return count === 1;
  }
}
