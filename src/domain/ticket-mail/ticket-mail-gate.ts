import { Injectable } from '@nestjs/common';
import type { Prisma } from '../../platform/database/generated/client.js';
import { MailAddresses } from '../../platform/mail/mail-addresses.js';
import type { OwnerFacts } from '../auth/owner-key.js';
import { speaksForMailbox } from './speaks-for-mailbox.js';

/** Emails that one reader gets about one ticket in 24 hours, however often they are asked for. */
const ABOUT_A_TICKET_A_DAY = 20;

interface MailedTicket extends OwnerFacts {
  id: string;
}

/** Who reads the email: the donor, or a member of staff. */
export type MailReader = 'donor' | `user:${number}`;
export type MailVerdict = 'sent' | 'no address' | 'enough for the address' | 'enough about the ticket';

/** Every email about a ticket passes here: it is counted, and refused when its reader has had enough. */
@Injectable()
export class TicketMailGate {
  constructor(private readonly addresses: MailAddresses) {}

  /** Within `tx`, so that the count stands or falls with what is about to be sent. */
  async pass(ticket: MailedTicket, reader: MailReader, tx: Prisma.TransactionClient): Promise<MailVerdict> {
    if (!(await this.countFor(ticket.id, reader, tx))) return 'enough about the ticket';
    if (reader !== 'donor') return 'sent';
    if (ticket.donorEmail === null) return 'no address';
    const isTaken = await this.addresses.take(ticket.donorEmail, speaksForMailbox(ticket), tx);
    return isTaken ? 'sent' : 'enough for the address';
  }

  /** Whether the reader of this address wants no emails about conversations. */
  isUnsubscribed(address: string): Promise<boolean> {
    return this.addresses.isUnsubscribed(address);
  }

  private async countFor(
    ticketId: string,
    reader: MailReader,
    tx: Prisma.TransactionClient,
  ): Promise<boolean> {
    const rows = await tx.$queryRaw<unknown[]>`
      INSERT INTO ticket_mails AS m (ticket_id, reader, recent) VALUES (${ticketId}::uuid, ${reader}, ARRAY[now()])
      ON CONFLICT (ticket_id, reader) DO UPDATE
        SET recent = ARRAY(SELECT t FROM unnest(m.recent) t WHERE t > now() - interval '1 day') || now()
        WHERE (SELECT count(*) FROM unnest(m.recent) t WHERE t > now() - interval '1 day') < ${ABOUT_A_TICKET_A_DAY}::int
      RETURNING 1`;
    return rows.length === 1;
  }
}
