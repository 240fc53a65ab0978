import { Injectable } from '@nestjs/common';
import type { Locale } from '../../contract/locales.js';
import { Database } from '../../platform/database/database.service.js';
import { DeskProfile } from '../../platform/desk-profile/desk-profile.js';
import type { Actor } from '../auth/actor.js';
import { messageRow } from '../event-log/rows.js';
import { systemText } from '../event-log/system-text.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { printable, type Transcript } from './transcript.js';

const MOST = 10_000;
const PRODUCT = 'Concierge';
const SPEAKERS = { donor: 'Donor', admin: 'Support' } as const;

/** A whole conversation to keep, for its donor and for staff alike. */
@Injectable()
export class TranscriptsService {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly profile: DeskProfile,
  ) {}

  /** Lines of the server are in the language of the reader. Throws ticketNotFound, or the refusal of the policy. */
  async render(actor: Actor, ticketId: string, locale: Locale = 'en'): Promise<Transcript> {
    const ticket = await this.access.read(actor, ticketId, 'take_part');
    const messages = await this.database.message.findMany({
      where: { ticketId, publicSeq: { not: null }, deletedAt: null },
      orderBy: { seq: 'asc' },
      take: MOST,
    });
    const { number, subject, status, createdAt, donorName, description } = ticket;
    const desk = orNull(this.profile.current.name);
    const speakers = { ...SPEAKERS, system: desk ?? PRODUCT };
    const lines = messages.map(messageRow).map((message) => {
      const { senderName, senderType: from, createdAt: at } = message;
      const by = printable(senderName ?? speakers[from]);
      return { at: at.toISOString(), by, from, text: printable(systemText(message, locale)) };
    });
    return {
      ...{ desk, number, status, createdAt: createdAt.toISOString(), lines },
      subject: orNull(subject),
      donorName: orNull(donorName),
      description: orNull(description),
    };
  }
}

function orNull(text: string | null): string | null {
  return text === null ? null : printable(text);
}
