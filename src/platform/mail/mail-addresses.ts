import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { erasedNames } from '../crypto/erased-names.js';
import type { OpaqueNames } from '../crypto/opaque-names.js';
import { Database } from '../database/database.service.js';
import type { Prisma } from '../database/generated/client.js';

/** Mails that an address which nobody has proven to be theirs may get in 24 hours: we are nobody's mail bomb. */
const UNPROVEN_A_DAY = 5;
/** The same for what the address's own reader has asked about: nobody reads more, and a script may ask for it. */
const PROVEN_A_DAY = 100;

const normal = (address: string): string => address.trim().normalize('NFC').toLowerCase();

/** What may be sent to an address. Addresses are compared without regard to case and to how accents are encoded. */
@Injectable()
export class MailAddresses {
  private readonly erased: OpaqueNames;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) config: Pick<Config, 'secrets'>,
  ) {
    this.erased = erasedNames(config);
  }

  /**
   * Counts one mail to this address, within `tx` so that it stands or falls with what is about to be sent. False when it
   * must not be sent: the day's mails are used up. A proven address gets more of what is known to be its reader's own
   * (`isTheirs`); anybody can open a ticket in their name.
   */
  async take(
    address: string,
    isTheirs: boolean,
    tx: Pick<Prisma.TransactionClient, '$queryRaw'> = this.database,
  ): Promise<boolean> {
    const rows = await tx.$queryRaw<unknown[]>`
      INSERT INTO mail_addresses AS a (address, recent) VALUES (${normal(address)}, ARRAY[now()])
      ON CONFLICT (address) DO UPDATE
        SET recent = ARRAY(SELECT t FROM unnest(a.recent) t WHERE t > now() - interval '1 day') || now()
        WHERE (SELECT count(*) FROM unnest(a.recent) t WHERE t > now() - interval '1 day')
              < CASE WHEN a.proven_at IS NOT NULL AND ${isTheirs}::boolean THEN ${PROVEN_A_DAY}::int ELSE ${UNPROVEN_A_DAY}::int END
      RETURNING 1`;
    return rows.length === 1;
  }

  /** Somebody who reads this mailbox has shown it, by a link that was mailed there. */
  async prove(
    address: string,
    tx: Pick<Prisma.TransactionClient, 'mailAddress'> = this.database,
  ): Promise<void> {
    const provenAt = new Date();
    await tx.mailAddress.upsert({
      where: { address: normal(address) },
      create: { address: normal(address), provenAt },
      update: { provenAt },
    });
  }

  /** No more notifications to this address. What somebody asks for themselves, such as a link to sign in, still goes there. */
  async unsubscribe(address: string): Promise<void> {
    const unsubscribedAt = new Date();
    await this.database.mailAddress.upsert({
      where: { address: normal(address) },
      create: { address: normal(address), unsubscribedAt },
      update: { unsubscribedAt },
    });
  }

  async isUnsubscribed(address: string): Promise<boolean> {
    const names = [normal(address), this.erased.nameFor(normal(address))];
    const found = await this.database.mailAddress.count({
      where: { address: { in: names }, unsubscribedAt: { not: null } },
    });
    return found > 0;
  }

  /** Within `tx`, forgets addresses. That one wants no emails is kept, under a name that only the address itself leads to. */
  async erase(
    addresses: readonly string[],
    tx: Pick<Prisma.TransactionClient, 'mailAddress'>,
  ): Promise<void> {
    const known = await tx.mailAddress.findMany({ where: { address: { in: addresses.map(normal) } } });
    const refusals = known.filter(({ unsubscribedAt }) => unsubscribedAt !== null);
    await tx.mailAddress.deleteMany({ where: { address: { in: known.map(({ address }) => address) } } });
    await tx.mailAddress.createMany({
      data: refusals.map(({ address, unsubscribedAt }) => ({
        address: this.erased.nameFor(address),
        unsubscribedAt,
      })),
      skipDuplicates: true,
    });
  }
}
