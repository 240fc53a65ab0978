import { Module } from '@nestjs/common';
import { MailModule } from '../../../platform/mail/mail.module.js';
import { AuditModule } from '../../audit/audit.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { DonorSessionsModule } from '../sessions/donor-sessions.module.js';
import { TicketsModule } from '../../tickets/tickets.module.js';
import { DonorErasureHook } from './donor-erasure.hook.js';
import { DonorIdentity } from './donor-identity.service.js';
import { DonorLogout } from './donor-logout.service.js';
import { DonorLogoutController } from './donor-logout.controller.js';
import { GuestUpgrade } from './guest-upgrade.service.js';
import { IdentityController } from './identity.controller.js';
import { MagicLinkJob } from './magic-link.job.js';
import { MagicLinks } from './magic-links.service.js';

/** Donors who prove who they are: by a trusted backend's token, or by a link to their mailbox. */
@Module({
  imports: [AuditModule, AuthModule, DonorSessionsModule, MailModule, TicketsModule],
  controllers: [IdentityController, DonorLogoutController],
  providers: [DonorErasureHook, DonorIdentity, DonorLogout, GuestUpgrade, MagicLinkJob, MagicLinks],
})
export class DonorIdentityModule {}
