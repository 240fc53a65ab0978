import { createHmac, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.service.js';
import type { Prisma } from '../../../platform/database/generated/client.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { MailAddresses } from '../../../platform/mail/mail-addresses.js';
import { Mailer } from '../../../platform/mail/mailer.js';
import { findDonor } from '../sessions/donor-actor.queries.js';
import { mailboxOf } from '../../auth/owner-key.js';
import { hashToken } from '../../auth/opaque-token.js';
import { mailNotSetUp, tooManyLinks } from './identity.errors.js';
import type { AskForLinkDto } from './identity.dto.js';
import { languageTagOf } from '../locale-facts.js';
import { findLink, reserveLink, useLink, type OpenLink } from './magic-links.queries.js';

/** Links that an address may be sent a day, until one is used: a mailbox is no bin. */
const LINKS_A_DAY = 5;
export const MAGIC_LINK_JOB = 'identity.magic-link';

/** What the job needs; the token is made where it is sent, and never lies in the queue. */
export interface MagicLinkJobData {
  linkId: string;
  locale: string | undefined;
}

/** Links by mail that prove a mailbox. Who asks learns nothing: everything that depends on the address happens in the job. */
@Injectable()
export class MagicLinks {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
    private readonly addresses: MailAddresses,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get areOffered(): boolean {
    return this.mailer.isConfigured;
  }

  /**
   * `nonce` and `donorToken` are those of the browser that asks: anyone who shows both with the link takes along what that guest
   * has made. Throws mailNotSetUp, and tooManyLinks however known the address is.
   */
  async requestLink({ email, locale, nonce, donorToken }: AskForLinkDto): Promise<void> {
    if (!this.mailer.isConfigured) throw mailNotSetUp();
    const id = randomUUID();
    const link = {
      id,
      mailbox: mailboxOf(email),
      tokenHash: hashToken(this.tokenOf(id)),
      nonceHash: hashOf(nonce),
      guestId: await this.guestOf(donorToken),
      locale: languageTagOf(locale),
    };
    await this.database.$transaction(async (tx) => {
      if (!(await reserveLink(tx, link, LINKS_A_DAY))) throw tooManyLinks(LINKS_A_DAY);
      await this.jobs.send(MAGIC_LINK_JOB, { linkId: id, locale } satisfies MagicLinkJobData, {
        tx,
        singletonKey: id,
      });
    });
  }

  /** What a link would open; undefined when it is unknown, used or too old. Uses nothing up: scanners look at links too. */
  check(token: string, nonce: string | undefined): Promise<OpenLink | undefined> {
    return findLink(this.database, hashToken(token), hashOf(nonce));
  }

  /** The same, and it is used up. Anyone who has it reads the mailbox. */
  async useUp(
    tx: Prisma.TransactionClient,
    token: string,
    nonce: string | undefined,
  ): Promise<OpenLink | undefined> {
    const link = await useLink(tx, hashToken(token), hashOf(nonce));
    if (link !== undefined) await this.addresses.prove(link.mailbox, tx);
    return link;
  }

  /** 256 bits that only this server can derive from a link's id. */
  tokenOf(linkId: string): string {
    return createHmac('sha256', this.config.secrets.encryption)
      .update(`donor link:${linkId}`)
      .digest('base64url');
  }

  private async guestOf(donorToken: string | undefined): Promise<string | null> {
    if (donorToken === undefined) return null;
    const found = await findDonor(this.database, hashToken(donorToken));
    return found?.actor.ownerKey === null ? found.actor.sessionId : null;
  }
}

function hashOf(nonce: string | undefined): Uint8Array<ArrayBuffer> | null {
  return nonce === undefined ? null : hashToken(nonce);
}
