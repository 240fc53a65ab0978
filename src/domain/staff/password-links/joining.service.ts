import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { AuditLog } from '../../audit/audit-log.js';
import { staffPrincipal } from '../../auth/actor.js';
import { orTaken } from '../accounts/unique-fields.js';
import { mustBeGood } from '../login/password.policy.js';
import { Passwords } from '../login/passwords.js';
import { StaffSessions, type StaffSession } from '../sessions/staff-sessions.js';
import type { AcceptInvitationDto } from './password-link.dto.js';
import { notThisKind } from './password-link.errors.js';
import { PasswordLinkMails } from './password-link-mails.service.js';
import { PasswordLinkTokens, type OpenLink } from './password-link-tokens.service.js';

/** Invitations become accounts. */
@Injectable()
export class Joining {
  constructor(
    private readonly database: Database,
    private readonly tokens: PasswordLinkTokens,
    private readonly mails: PasswordLinkMails,
    private readonly passwords: Passwords,
    private readonly sessions: StaffSessions,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Makes the account that an invitation offers, and signs its person in. Throws linkUsedUp; 400 for a password that sign-in would
   * refuse and 409 for a taken username or email address, which leave the invitation as it is.
   */
  async accept({ token, username: typed, name, newPassword }: AcceptInvitationDto): Promise<StaffSession> {
    const link = await this.tokens.find(token);
    if (link.invitedById === null) throw notThisKind();
    const username = typed.toLowerCase();
    await mustBeGood(newPassword, { username, name, email: link.email });
    const passwordHash = await this.passwords.hash(newPassword);
    const user = await orTaken(this.join(token, link, { username, name, passwordHash }));
    return this.sessions.open(user);
  }

  private async join(
    token: string,
    { email, mail, role, team, invitedById }: OpenLink,
    own: { username: string; name: string; passwordHash: string },
  ): Promise<{ id: number; tokenVersion: number }> {
    return this.database.$transaction(async (tx) => {
      await this.tokens.take(tx, token);
      const user = await tx.user.create({
        data: { ...own, email, ...(role !== null && { role }), ...(team !== null && { team }) },
      });
      await this.mails.prove(tx, { email, mail });
      const data = { username: user.username, role: user.role, team: user.team, invitedBy: invitedById };
      const actor = staffPrincipal(user.id);
      await this.audit.record({ action: 'user.joined', actor, subject: String(user.id), data }, tx);
      return user;
    });
  }
}
