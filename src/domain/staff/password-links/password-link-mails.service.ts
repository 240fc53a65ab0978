import { Inject, Injectable } from '@nestjs/common';
import { ThrottlerStorage } from '@nestjs/throttler';
import type { Locale } from '../../../contract/locales.js';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { MailAddresses } from '../../../platform/mail/mail-addresses.js';
import { Mailer } from '../../../platform/mail/mailer.js';
import { inviteByLink, mailNotSetUp, tooManyMails } from './password-link.errors.js';

export const PASSWORD_LINK_JOB = 'users.password-link';

/** What the job needs; the token is made where it is sent, and never lies in the queue. */
export interface PasswordLinkJobData {
  linkId: string;
  locale: Locale | undefined;
}

const DAY_MS = 86_400_000;
/** How often somebody may ask for a link to an address in 24 hours, known or not. */
const ASKED_A_DAY = 5;

/** What must be true before a link goes out by email, and the job that sends it. */
@Injectable()
export class PasswordLinkMails {
  constructor(
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
    private readonly addresses: MailAddresses,
    @Inject(ThrottlerStorage) private readonly storage: ThrottlerStorage,
  ) {}

  get areOffered(): boolean {
    return this.mailer.isConfigured;
  }

  /** For a link that anybody may ask for. Throws mailNotSetUp, and tooManyMails however known the address is. */
  async countAsked(email: string): Promise<void> {
    if (!this.areOffered) throw mailNotSetUp();
    const record = await this.storage.increment(
      `password-link:${email}`,
      DAY_MS,
      ASKED_A_DAY,
      0,
      'password-link',
    );
    if (record.isBlocked) throw tooManyMails(ASKED_A_DAY);
  }

  /** For an invitation. Throws inviteByLink, and tooManyMails when the address has had enough of us today. */
  async countInvitation(tx: Prisma.TransactionClient, email: string): Promise<void> {
    if (!this.areOffered) throw inviteByLink();
    if (!(await this.addresses.take(email, false, tx))) throw tooManyMails(ASKED_A_DAY);
  }

  /** Within `tx`, queues the email of a link. */
  async queue(tx: Prisma.TransactionClient, data: PasswordLinkJobData): Promise<void> {
    await this.jobs.send(PASSWORD_LINK_JOB, data, { tx, singletonKey: data.linkId });
  }

  /** Within `tx`: the person who used this link reads the mailbox that it was sent to. */
  async prove(
    tx: Prisma.TransactionClient,
    { email, mail }: { email: string | null; mail: string | null },
  ): Promise<void> {
    if (email !== null && mail === 'sent') await this.addresses.prove(email, tx);
  }
}
