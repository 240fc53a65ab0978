import { Injectable } from '@nestjs/common';
import type { Locale } from '../../contract/locales.js';
import { Database } from '../../platform/database/database.service.js';
import { DeskProfile } from '../../platform/desk-profile/desk-profile.js';
import { message } from '../../platform/i18n/messages.js';
import { readerOf, type Reader } from '../../platform/mail/reader.js';
import type { Actor } from '../auth/actor.js';
import { messageRow, type TicketRow } from '../event-log/rows.js';
import { systemText } from '../event-log/system-text.js';
import { donorReader } from '../ticket-mail/donor-reader.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { printable, type Transcript } from './transcript.js';

const MOST = 10_000;
/** A guest who has become another person at this moment. */
const UNKNOWN = { locale: null, timeZone: null };

/** A whole conversation to keep, for its donor and for staff alike. */
@Injectable()
export class TranscriptsService {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly profile: DeskProfile,
  ) {}

  /**
   * Dates and lines of the server are in `wanted`, else in the language that the donor used last; staff read English, and times of
   * the desk's zone. Throws ticketNotFound, or the refusal of the policy.
   */
  async render(actor: Actor, ticketId: string, wanted?: Locale): Promise<Transcript> {
    const ticket = await this.access.read(actor, ticketId, 'take_part');
    const messages = await this.database.message.findMany({
      where: { ticketId, publicSeq: { not: null }, deletedAt: null },
      orderBy: { seq: 'asc' },
      take: MOST,
    });
    const { number, subject, status, createdAt, donorName, description } = ticket;
    const { locale, region, timeZone } = await this.readerFor(actor, ticket, wanted);
    const desk = orNull(this.profile.current.name);
    const speakers = {
      donor: message(locale, 'mail.transcript.donor'),
      admin: message(locale, 'mail.transcript.support'),
      system: this.profile.name,
    };
    const lines = messages.map(messageRow).map((row) => {
      const { senderName, senderType: from, createdAt: at } = row;
      const by = printable(senderName ?? speakers[from]);
      return { at: at.toISOString(), by, from, text: printable(systemText(row, locale)) };
    });
    return {
      ...{ desk, number, status, createdAt: createdAt.toISOString(), lines, timeZone },
      locale: new Intl.Locale(region).baseName,
      subject: orNull(subject),
      donorName: orNull(donorName),
      description: orNull(description),
    };
  }

  private async readerFor(
    actor: Actor,
    { donorUuid, context }: TicketRow,
    wanted: Locale | undefined,
  ): Promise<Reader> {
    const { timeZone } = this.profile.current;
    if (actor.kind === 'staff') return readerOf(wanted, timeZone);
    const donor = await this.database.donor.findUnique({
      where: { id: donorUuid },
      select: { locale: true, timeZone: true },
    });
    const own = donorReader({ context, donor: donor ?? UNKNOWN }, timeZone);
    return wanted === undefined || wanted === own.locale ? own : readerOf(wanted, own.timeZone);
  }
}

function orNull(text: string | null): string | null {
  return text === null ? null : printable(text);
}
