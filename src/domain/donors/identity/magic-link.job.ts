import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { publicHost, publicUrl } from '../../../platform/config/public-address.js';
import { Database } from '../../../platform/database/database.service.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { MailRefused } from '../../../platform/mail/mail.errors.js';
import { mailLocale } from '../../../platform/mail/mail-locale.js';
import { Mailer } from '../../../platform/mail/mailer.js';
import { magicLinkMail } from '../../../platform/mail/magic-link-mail.js';
import { forgetLinks, startLink } from './magic-links.queries.js';
import { MAGIC_LINK_JOB, MagicLinks, type MagicLinkJobData } from './magic-links.service.js';

const MINUTES = 15;
const HOURLY = '23 * * * *';

/** Sends links by mail, to addresses that have conversations here and to no others. */
@Injectable()
export class MagicLinkJob implements OnModuleInit {
  private readonly logger = new Logger('MagicLinks');

  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly links: MagicLinks,
    private readonly mailer: Mailer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.define<MagicLinkJobData>(MAGIC_LINK_JOB, (data) => this.sendLink(data));
    this.jobs.schedule('identity.forget-links', HOURLY, () => forgetLinks(this.database));
  }

  private async sendLink({ linkId, locale }: MagicLinkJobData): Promise<void> {
    const link = await startLink(this.database, linkId, MINUTES);
    if (link === undefined) return;
    const { mailbox: to } = link;
    // Behind the #: neither servers nor referrers ever see it.
    const url = publicUrl(this.config, `/conversations#concierge=${this.links.tokenOf(linkId)}`);
    const messageId = `<donor-link.${linkId}@${publicHost(this.config)}>`;
    try {
      await this.mailer.send({
        to,
        messageId,
        ...magicLinkMail(mailLocale(link.locale ?? locale), url, MINUTES),
      });
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      this.logger.warn({
        msg: 'A link could not be sent and will not be tried again',
        linkId,
        reason: error.reason,
      });
    }
  }
}
