import { Module } from '@nestjs/common';
import { MailModule } from '../../../platform/mail/mail.module.js';
import { AuditModule } from '../../audit/audit.module.js';
import { TaxonomyModule } from '../../taxonomy/taxonomy.module.js';
import { LoginModule } from '../login/login.module.js';
import { StaffSessionsModule } from '../sessions/staff-sessions.module.js';
import { ColleaguePasswordLinksController } from './colleague-password-links.controller.js';
import { Invitations } from './invitations.service.js';
import { InvitationsController } from './invitations.controller.js';
import { Joining } from './joining.service.js';
import { PasswordLinkJob } from './password-link.job.js';
import { PasswordLinkLetters } from './password-link-letters.service.js';
import { PasswordLinkMails } from './password-link-mails.service.js';
import { PasswordLinksController } from './password-links.controller.js';
import { PasswordLinkTokens } from './password-link-tokens.service.js';
import { PasswordResets } from './password-resets.service.js';

/** Links by which people set a password, once: invitations of colleagues, and resets of forgotten passwords. */
@Module({
  imports: [AuditModule, LoginModule, MailModule, StaffSessionsModule, TaxonomyModule],
  controllers: [InvitationsController, PasswordLinksController, ColleaguePasswordLinksController],
  providers: [
    Invitations,
    Joining,
    PasswordLinkJob,
    PasswordLinkLetters,
    PasswordLinkMails,
    PasswordLinkTokens,
    PasswordResets,
  ],
})
export class PasswordLinksModule {}
