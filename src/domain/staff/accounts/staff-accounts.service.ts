import { Injectable } from '@nestjs/common';
import type { StaffRole } from '../../../contract/roles.js';
import { Database } from '../../../platform/database/database.service.js';
import type { Prisma, User } from '../../../platform/database/generated/client.js';
import { notFound } from '../../../platform/http/errors/domain-error.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { AuditLog } from '../../audit/audit-log.js';
import type { StaffActor } from '../../auth/actor.js';
import { mustBeGood } from '../login/password.policy.js';
import { Passwords } from '../login/passwords.js';
import { readableSecret } from '../../../platform/crypto/readable-secret.js';
import { SecondFactors } from '../second-factor/second-factors.service.js';
import { lockForDecision } from '../sessions/staff-logins.queries.js';
import { StaffSessions } from '../sessions/staff-sessions.js';
import type { CreateStaffDto, SetSkillsDto, UpdateProfileDto, UpdateStaffDto } from './staff-account.dto.js';
import { rememberSkills } from '../../taxonomy/taxonomy.queries.js';
import { STAFF_LEFT_JOB, type StaffLeft } from './staff-left.js';
import { orTaken, storedEmail } from './unique-fields.js';
import { lastSuperAdmin, notYourself, resetNotYourself } from './user.errors.js';

type Tx = Prisma.TransactionClient;
type Fields = Omit<UpdateStaffDto, 'role' | 'isActive'>;
type OwnFields = Omit<UpdateProfileDto, 'currentPassword'>;

/** An account with the password that was made up for it, if one was. */
export interface NewPassword {
  id: number;
  oneTimePassword: string | null;
}

/**
 * What super admins decide about accounts. Whatever takes rights away (another role, deactivation, a reset) ends that
 * person's logins in the same transaction, and their live connections right after. There is always an active super admin,
 * and nobody takes their own rights away: both are checked under one lock, so that two super admins cannot remove each other.
 *
 * Open tickets of somebody who is deactivated go back to the team, by a job that is queued in the same transaction.
 */
@Injectable()
export class StaffAccounts {
  constructor(
    private readonly database: Database,
    private readonly passwords: Passwords,
    private readonly sessions: StaffSessions,
    private readonly secondFactors: SecondFactors,
    private readonly audit: AuditLog,
    private readonly jobs: Jobs,
  ) {}

  /** Throws 409 for a taken username or email address, 400 for a password that sign-in would refuse. */
  async create(actor: StaffActor, body: CreateStaffDto): Promise<NewPassword> {
    const { password: given, username: typed, email, ...fields } = body;
    const username = typed.toLowerCase();
    if (given !== undefined)
      await mustBeGood(given, { ...fields, username, email: email ?? null }, 'password');
    const password = given ?? readableSecret();
    const passwordHash = await this.passwords.hash(password);
    const data = {
      ...fields,
      username,
      email: storedEmail(email) ?? null,
      passwordHash,
      passwordState: stateOf(given),
    };
    const id = await orTaken(
      this.database.$transaction(async (tx) => {
        const user = await tx.user.create({ data });
        const facts = { username, role: user.role, team: user.team };
        await this.audit.record({ action: 'user.created', actor, subject: String(user.id), data: facts }, tx);
        return user.id;
      }),
    );
    return { id, oneTimePassword: given === undefined ? password : null };
  }

  /** Throws lastSuperAdmin, notYourself, 404, or 409 for a taken email address. */
  async update(actor: StaffActor, id: number, body: UpdateStaffDto): Promise<void> {
    const { role, isActive, ...fields } = body;
    await orTaken(
      this.database.$transaction(async (tx) => {
        const user = await this.decideOn(tx, id);
        const newRole = role !== undefined && role !== user.role ? role : undefined;
        const newActive = isActive !== undefined && isActive !== user.isActive ? isActive : undefined;
        const about = { actor, subject: String(id) };
        if (newRole !== undefined || newActive === false)
          await this.mustNotLockOut(tx, actor, user, newRole, newActive);
        await this.setFields(tx, user, fields, about);
        if (newRole !== undefined) {
          await tx.user.update({ where: { id }, data: { role: newRole } });
          const data = { from: user.role, to: newRole };
          await this.audit.record({ action: 'user.role_changed', ...about, data }, tx);
        }
        if (newActive !== undefined) {
          const availability = newActive ? 'online' : 'offline';
          await tx.user.update({ where: { id }, data: { isActive: newActive, availability } });
          const action = newActive ? 'user.reactivated' : 'user.deactivated';
          await this.audit.record({ action, ...about }, tx);
          if (!newActive) await this.jobs.send(STAFF_LEFT_JOB, { userId: id } satisfies StaffLeft, { tx });
        }
        if (newRole !== undefined || newActive === false) await this.sessions.revokeAll(tx, id);
      }),
    );
    this.sessions.publishEnd(id);
  }

  /** Replaces all skills; of two that differ in case only, the last counts. */
  async setSkills(actor: StaffActor, id: number, { skills }: SetSkillsDto): Promise<void> {
    const chosen = [...new Map(skills.map((one) => [one.skill.trim().toLowerCase(), one])).values()];
    await this.database.$transaction(async (tx) => {
      await this.decideOn(tx, id);
      await tx.userSkill.deleteMany({ where: { userId: id } });
      await tx.userSkill.createMany({
        data: chosen.map(({ skill, proficiency }) => ({ userId: id, skill: skill.trim(), proficiency })),
      });
      await rememberSkills(
        tx,
        chosen.map(({ skill }) => skill.trim()),
      );
      const data = Object.fromEntries(chosen.map(({ skill, proficiency }) => [skill.trim(), proficiency]));
      await this.audit.record(
        { action: 'user.skills_changed', actor, subject: String(id), data: { skills: data } },
        tx,
      );
    });
  }

  /** Gives somebody another password and ends their logins; 409 for one's own. */
  async resetPassword(actor: StaffActor, id: number, given: string | undefined): Promise<NewPassword> {
    if (id === actor.id) throw resetNotYourself();
    const owner = await this.find(id);
    if (given !== undefined) await mustBeGood(given, owner, 'password');
    const password = given ?? readableSecret();
    const passwordHash = await this.passwords.hash(password);
    await this.database.$transaction(async (tx) => {
      await this.decideOn(tx, id);
      await tx.user.update({ where: { id }, data: { passwordHash, passwordState: stateOf(given) } });
      await this.sessions.revokeAll(tx, id);
      await this.audit.record({ action: 'user.password_reset', actor, subject: String(id) }, tx);
    });
    this.sessions.publishEnd(id);
    return { id, oneTimePassword: given === undefined ? password : null };
  }

  /** For a lost phone: somebody's second factor is off and their logins end; 409 for one's own. */
  async resetSecondFactor(actor: StaffActor, id: number): Promise<void> {
    if (id === actor.id) throw resetNotYourself();
    await this.database.$transaction(async (tx) => {
      await this.decideOn(tx, id);
      await this.secondFactors.forget(tx, id);
      await this.sessions.revokeAll(tx, id);
      await this.audit.record({ action: 'user.totp_reset', actor, subject: String(id) }, tx);
    });
    this.sessions.publishEnd(id);
  }

  /**
   * Name, email address and username of the caller's own; 409 when taken. Links that set a password go to another address only if
   * the caller `knows` their password.
   */
  async updateOwn(actor: StaffActor, fields: OwnFields, knows: boolean): Promise<User> {
    const { username, ...rest } = fields;
    const named = username === undefined ? rest : { ...rest, username: username.toLowerCase() };
    const updated = await orTaken(
      this.database.$transaction(async (tx) => {
        const user = await this.decideOn(tx, actor.id);
        await this.setFields(tx, user, named, { actor, subject: String(actor.id) }, knows);
        return tx.user.findUniqueOrThrow({ where: { id: actor.id } });
      }),
    );
    this.sessions.publishEnd(actor.id);
    return updated;
  }

  private async find(id: number): Promise<User> {
    const user = await this.database.user.findUnique({ where: { id } });
    if (user === null) throw notFound('Member of staff');
    return user;
  }

  private async decideOn(tx: Tx, id: number): Promise<User> {
    const { user } = await lockForDecision(tx, id);
    if (user === null) throw notFound('Member of staff');
    return user;
  }

  private async mustNotLockOut(
    tx: Tx,
    actor: StaffActor,
    user: User,
    role: StaffRole | undefined,
    active: boolean | undefined,
  ): Promise<void> {
    const losesRights =
      user.role === 'SUPER_ADMIN' && user.isActive && (role === 'ADMIN' || active === false);
    if (losesRights) {
      const { isLastSuperAdmin } = await lockForDecision(tx, user.id);
      if (isLastSuperAdmin) throw lastSuperAdmin();
    }
    if (user.id === actor.id) throw notYourself();
  }

  private async setFields(
    tx: Tx,
    user: User,
    fields: Fields & OwnFields,
    about: { actor: StaffActor; subject: string },
    emailTrusted = true,
  ): Promise<void> {
    const { email, ...rest } = fields;
    const wanted = { ...rest, ...(email !== undefined && { email: storedEmail(email) }) };
    const changed = Object.entries(wanted).filter(([key, value]) => value !== user[key as keyof User]);
    if (changed.length === 0) return;
    const isMoved = changed.some(([key]) => key === 'email');
    await tx.user.update({
      where: { id: user.id },
      data: { ...Object.fromEntries(changed), ...(isMoved && { emailTrusted }) },
    });
    // A link to a mailbox that is no longer theirs sets no password.
    if (isMoved) await tx.passwordLink.deleteMany({ where: { userId: user.id } });
    const data = { fields: changed.map(([key]) => key) };
    await this.audit.record({ action: 'user.updated', ...about, data }, tx);
  }
}

/** A password that was made up is for one sign-in. */
function stateOf(given: string | undefined): string {
  return given === undefined ? 'one_time' : 'lasting';
}
