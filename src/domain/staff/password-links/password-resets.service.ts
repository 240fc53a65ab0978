import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { notFound } from '../../../platform/http/errors/domain-error.js';
import { AuditLog } from '../../audit/audit-log.js';
import { staffPrincipal, type StaffActor } from '../../auth/actor.js';
import { storedEmail } from '../accounts/unique-fields.js';
import { resetNotYourself } from '../accounts/user.errors.js';
import { mustBeGood } from '../login/password.policy.js';
import { Passwords } from '../login/passwords.js';
import { lockStaff } from '../sessions/staff-logins.queries.js';
import { StaffSessions } from '../sessions/staff-sessions.js';
import type { AskForPasswordLinkDto, MadePasswordLinkResponse, SetPasswordDto } from './password-link.dto.js';
import { deactivated, linkUsedUp, notThisKind } from './password-link.errors.js';
import { PasswordLinkMails } from './password-link-mails.service.js';
import { PasswordLinkTokens } from './password-link-tokens.service.js';

/** Links by which people who have an account set another password. */
@Injectable()
export class PasswordResets {
  constructor(
    private readonly database: Database,
    private readonly tokens: PasswordLinkTokens,
    private readonly mails: PasswordLinkMails,
    private readonly passwords: Passwords,
    private readonly sessions: StaffSessions,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Somebody has forgotten a password. Does the same for every address: whose it is matters in the job alone. Throws
   * mailNotSetUp, and tooManyMails.
   */
  async request({ email: typed, locale }: AskForPasswordLinkDto): Promise<void> {
    const email = storedEmail(typed) ?? '';
    await this.mails.countAsked(email);
    await this.database.$transaction(async (tx) => {
      const data = { ...this.tokens.issue('reset'), email, mail: 'queued' };
      const { id: linkId } = await tx.passwordLink.create({ data });
      await this.mails.queue(tx, { linkId, locale });
    });
  }

  /** A link that a super admin passes on by hand. Throws 404, and 409 for one's own account and for a deactivated one. */
  async create(actor: StaffActor, userId: number): Promise<MadePasswordLinkResponse> {
    if (userId === actor.id) throw resetNotYourself();
    return this.database.$transaction(async (tx) => {
      const user = await lockStaff(tx, userId);
      if (user === undefined) throw notFound('Member of staff');
      if (!user.isActive) throw deactivated();
      const { id, expiresAt } = await tx.passwordLink.create({
        data: { ...this.tokens.issue('reset'), userId },
      });
      const entry = { action: 'user.password_link_created', actor, subject: String(userId) } as const;
      await this.audit.record(entry, tx);
      return { link: this.tokens.urlOf(id), expiresAt: expiresAt.toISOString() };
    });
  }

  /**
   * Sets the password and ends every sign-in of the person, who then signs in: with the second factor, if there is one. Throws
   * linkUsedUp, and 400 for a password that sign-in would refuse, which leaves the link as it is.
   */
  async reset({ token, newPassword }: SetPasswordDto): Promise<void> {
    const { user, email, mail } = await this.tokens.find(token);
    if (user === null) throw notThisKind();
    await mustBeGood(newPassword, user);
    const data = { passwordHash: await this.passwords.hash(newPassword), passwordState: 'lasting' };
    await this.database.$transaction(async (tx) => {
      const locked = await lockStaff(tx, user.id);
      if (locked?.isActive !== true) throw linkUsedUp();
      await this.tokens.take(tx, token);
      await tx.user.update({ where: { id: user.id }, data });
      await this.sessions.revokeAll(tx, user.id);
      await this.mails.prove(tx, { email, mail });
      await this.audit.record({ action: 'auth.password_reset', actor: staffPrincipal(user.id) }, tx);
    });
    this.sessions.publishEnd(user.id);
  }
}
