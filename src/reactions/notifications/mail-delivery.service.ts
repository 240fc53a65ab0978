import { Injectable } from '@nestjs/common';
import { oneOf } from '../../contract/one-of.js';
import { donorReader } from '../../domain/ticket-mail/donor-reader.js';
import { speaksForMailbox } from '../../domain/ticket-mail/speaks-for-mailbox.js';
import { TicketMailGate, type MailVerdict } from '../../domain/ticket-mail/ticket-mail-gate.js';
import { Database } from '../../platform/database/database.service.js';
import { MailRefused } from '../../platform/mail/mail.errors.js';
import { layOut, type Letter } from '../../platform/mail/mail-layout.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { readerOf } from '../../platform/mail/reader.js';
import { staffIdOf, type Notice } from './delivery.js';
import { DONOR_MAIL_KINDS, donorMail, type UnreadWords } from './donor-mail-texts.js';
import { isCarried, keepTicket, lockAlike, settleCarried, unreadMessages } from './notifications.queries.js';
import { MailLinks } from './mail-links.js';
import { MailThreads } from './mail-threads.js';
import { donorName } from './push-texts.js';
import { STAFF_MAIL_KINDS, staffMail } from './staff-mail-texts.js';
import { UnsubscribeLinks } from './unsubscribe-link.js';

interface Addressed extends Letter {
  to: string;
  headers: Record<string, string>;
  /** Messages whose words it carries. */
  carries: readonly string[];
}

const WHY_NOT: Record<Exclude<MailVerdict, 'sent'>, string> = {
  'no address': 'no email address',
  'enough for the address': 'this address had its mails for today',
  'enough about the ticket': 'this ticket had its mails for today',
};

/** Writes and sends the mail of a notification. */
@Injectable()
export class MailDelivery {
  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
    private readonly gate: TicketMailGate,
    private readonly unsubscribing: UnsubscribeLinks,
    private readonly threads: MailThreads,
    private readonly links: MailLinks,
  ) {}

  get isConfigured(): boolean {
    return this.mailer.isConfigured;
  }

  /**
   * Throws what the mailer throws; MailRefused also when the address has had its mails of the day. Sends nothing when an
   * earlier mail carries the message already.
   */
  async sendMail(notice: Notice): Promise<void> {
    const { delivery, ticket } = notice;
    const { id } = delivery;
    const staffId = staffIdOf(delivery);
    if (delivery.state === 'waiting' && !(await this.begin(notice))) return;
    const { carries, headers, ...letter } =
      staffId === undefined ? await this.toDonor(notice) : await this.toStaff(notice, staffId);
    const { host } = this.links;
    const thread = `<${this.threads.referenceTo(ticket.id)}@${host}>`;
    const messageId = `<${id}@${host}>`;
    const threading = { References: thread, 'In-Reply-To': thread };
    await this.mailer.send({ ...letter, messageId, headers: { ...threading, ...headers } });
    await this.database.$transaction(async (tx) => {
      await lockAlike(tx, delivery);
      const doneTo = [...carries];
      await tx.delivery.update({ where: { id }, data: { state: 'sent', settledAt: new Date(), doneTo } });
      await settleCarried(tx, delivery, carries);
    });
  }

  /**
   * Counts the mail, once however often it has to be tried, and takes over what waits for the same unread messages: of
   * several that fall due at one moment one is sent.
   */
  private async begin({ delivery, ticket }: Notice): Promise<boolean> {
    const { id } = delivery;
    const isForDonor = delivery.recipient === 'donor';
    const staffId = staffIdOf(delivery);
    const carried = await this.unread(ticket.id, isForDonor ? 'admin' : 'donor');
    const begun = await this.database.$transaction(async (tx) => {
      if (!(await keepTicket(tx, ticket.id))) return 'gone';
      await lockAlike(tx, delivery);
      if (await isCarried(tx, delivery)) return 'carried';
      const { count } = await tx.delivery.updateMany({
        where: { id, state: 'waiting' },
        data: { state: 'sending', doneTo: carried.map((message) => message.id) },
      });
      if (count === 0) return 'carried';
      const verdict = await this.gate.pass(ticket, staffId === undefined ? 'donor' : `user:${staffId}`, tx);
      if (verdict !== 'sent') return verdict;
      await settleCarried(
        tx,
        delivery,
        carried.map((message) => message.id),
      );
      return 'begun';
    });
    if (begun === 'carried' || begun === 'gone') return false;
    if (begun !== 'begun') throw new MailRefused(WHY_NOT[begun]);
    return true;
  }

  private async toDonor({ delivery, ticket, deskZone }: Notice): Promise<Addressed> {
    const reader = donorReader(ticket, deskZone);
    const { locale } = reader;
    const carried = delivery.kind === 'staff_reply' ? await this.unread(ticket.id, 'admin') : [];
    const to = addressOf(ticket);
    const unsubscribe = this.unsubscribing.link(to, locale);
    const draft = donorMail(reader, oneOf(DONOR_MAIL_KINDS, delivery.kind), {
      name: speaksForMailbox(ticket) ? ticket.donorName : null,
      number: ticket.number,
      link: this.links.conversation(ticket),
      messages: carried,
      unsubscribe,
    });
    const headers = {
      'List-Unsubscribe': `<${unsubscribe}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    };
    const carries = carried.map(({ id }) => id);
    return { to, ...layOut(locale, draft), headers, carries };
  }

  private async toStaff({ delivery, ticket, deskZone }: Notice, staffId: number): Promise<Addressed> {
    const { name, email, locale } = await this.database.user.findUniqueOrThrow({ where: { id: staffId } });
    if (email === null) throw new MailRefused('no email address');
    const carried = delivery.kind === 'donor_message' ? await this.unread(ticket.id, 'donor') : [];
    const reader = readerOf(locale, deskZone);
    const draft = staffMail(reader, oneOf(STAFF_MAIL_KINDS, delivery.kind), {
      name,
      who: donorName(ticket),
      about: ticket.number,
      link: this.links.dashboard(ticket.id),
      messages: carried,
    });
    const carries = carried.map(({ id }) => id);
    return { to: email, ...layOut(reader.locale, draft), headers: {}, carries };
  }

  private async unread(
    ticketId: string,
    senderType: 'donor' | 'admin',
  ): Promise<(UnreadWords & { id: string })[]> {
    const rows = await unreadMessages(this.database, ticketId, senderType);
    return rows.map(({ id, senderName, content, createdAt: at }) => ({
      ...{ id, at, quote: content },
      by: senderName ?? '',
    }));
  }
}

function addressOf({ donorEmail }: Notice['ticket']): string {
  if (donorEmail === null) throw new MailRefused('no email address');
  return donorEmail;
}
