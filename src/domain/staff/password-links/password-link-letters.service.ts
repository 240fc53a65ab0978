import { Injectable } from '@nestjs/common';
import type { Locale } from '../../../contract/locales.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.service.js';
import type { PasswordLink, User } from '../../../platform/database/generated/client.js';
import { DeskProfile } from '../../../platform/desk-profile/desk-profile.js';
import { mailLocale } from '../../../platform/mail/mail-locale.js';
import type { Mail } from '../../../platform/mail/mailer.js';
import { invitationMail, passwordResetMail } from '../../../platform/mail/password-link-mail.js';
import { AuditLog } from '../../audit/audit-log.js';
import { SYSTEM } from '../../auth/actor.js';
import { INVITATION_DAYS, PasswordLinkTokens, RESET_MINUTES } from './password-link-tokens.service.js';

export interface Letter {
  mail: Omit<Mail, 'messageId'>;
  /** Whose password the link sets; nobody's yet for an invitation. */
  userId: number | null;
}

/** What is written to people whom a link is sent to, and what is kept of it. */
@Injectable()
export class PasswordLinkLetters {
  constructor(
    private readonly database: Database,
    private readonly tokens: PasswordLinkTokens,
    private readonly clock: Clock,
    private readonly desk: DeskProfile,
    private readonly audit: AuditLog,
  ) {}

  /** The email of a link that waits to be sent; nothing when it no longer works, or the address is nobody's. */
  async write(linkId: string, locale: Locale | undefined): Promise<Letter | undefined> {
    const link = await this.database.passwordLink.findFirst({
      where: { id: linkId, mail: 'queued', expiresAt: { gt: this.clock.now() } },
      include: { invitedBy: true },
    });
    const to = link?.email ?? null;
    if (link === null || to === null) return undefined;
    const { invitedBy } = link;
    const url = this.tokens.urlOf(linkId);
    if (invitedBy !== null) {
      const values = { link: url, by: invitedBy.name, desk: this.desk.name, days: INVITATION_DAYS };
      return { mail: { to, ...invitationMail(mailLocale(locale), values) }, userId: null };
    }
    const user = await this.addressee(link);
    if (user === undefined) return undefined;
    const values = { link: url, name: user.name, username: user.username, minutes: RESET_MINUTES };
    const mail = { to, ...passwordResetMail(mailLocale(user.locale ?? locale), values) };
    return { mail, userId: user.id };
  }

  /** Notes what became of the email. The person may have used its link already. */
  async settle(linkId: string, { userId }: Letter, mail: 'sent' | 'refused'): Promise<void> {
    await this.database.$transaction(async (tx) => {
      await tx.passwordLink.updateMany({ where: { id: linkId, mail: 'queued' }, data: { mail } });
      if (mail !== 'sent' || userId === null) return;
      const entry = { action: 'auth.password_link_sent', actor: SYSTEM, subject: String(userId) } as const;
      await this.audit.record(entry, tx);
    });
  }

  /** Deletes what ended before these times. */
  async forget({ resets, invitations }: { resets: Date; invitations: Date }): Promise<void> {
    await this.database.passwordLink.deleteMany({
      where: {
        OR: [
          { invitedById: null, expiresAt: { lt: resets } },
          { invitedById: { not: null }, expiresAt: { lt: invitations } },
        ],
      },
    });
  }

  /**
   * Whose password a link sets that somebody has asked for by email: an active account that signs in by password. For others a
   * backend vouches. Of no use to anybody, the link goes.
   */
  private async addressee({ id, email }: PasswordLink): Promise<User | undefined> {
    const where = { email, emailTrusted: true, isActive: true, passwordHash: { not: null } };
    const user = await this.database.user.findFirst({ where });
    if (user === null) {
      await this.database.passwordLink.deleteMany({ where: { id } });
      return undefined;
    }
    await this.database.passwordLink.updateMany({ where: { id }, data: { userId: user.id } });
    return user;
  }
}
