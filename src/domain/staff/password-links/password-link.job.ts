import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { publicHost } from '../../../platform/config/public-address.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { MailRefused } from '../../../platform/mail/mail.errors.js';
import { Mailer } from '../../../platform/mail/mailer.js';
import { PasswordLinkLetters, type Letter } from './password-link-letters.service.js';
import { PASSWORD_LINK_JOB, type PasswordLinkJobData } from './password-link-mails.service.js';

const DAILY = '41 3 * * *';
const DAY_MS = 86_400_000;
/** An invitation stays in the list for so long after its end, so that it can be sent again. */
const KEPT_DAYS = 30;

/** Sends links by email, and forgets those that are long over. */
@Injectable()
export class PasswordLinkJob implements OnModuleInit {
  private readonly logger = new Logger('PasswordLinks');

  constructor(
    private readonly jobs: Jobs,
    private readonly letters: PasswordLinkLetters,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.define<PasswordLinkJobData>(PASSWORD_LINK_JOB, (data) => this.sendLink(data));
    this.jobs.schedule('users.forget-password-links', DAILY, () => this.forgetOld());
  }

  async forgetOld(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.letters.forget({ resets: new Date(now), invitations: new Date(now - KEPT_DAYS * DAY_MS) });
  }

  private async sendLink({ linkId, locale }: PasswordLinkJobData): Promise<void> {
    const letter = await this.letters.write(linkId, locale);
    if (letter === undefined) return;
    await this.letters.settle(linkId, letter, await this.send(linkId, letter));
  }

  private async send(linkId: string, { mail }: Letter): Promise<'sent' | 'refused'> {
    const messageId = `<password-link.${linkId}@${publicHost(this.config)}>`;
    try {
      await this.mailer.send({ ...mail, messageId });
      return 'sent';
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      const msg = 'A link could not be sent and will not be tried again';
      this.logger.warn({ msg, linkId, reason: error.reason });
      return 'refused';
    }
  }
}
