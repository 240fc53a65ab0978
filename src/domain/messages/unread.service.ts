import { Injectable } from '@nestjs/common';
import { cutText } from '../../contract/text.js';
import { Database } from '../../platform/database/database.service.js';
import { unauthorized } from '../../platform/http/errors/domain-error.js';
import type { Actor } from '../auth/actor.js';
import { readerOf } from './ticket-reader.js';
import {
  TEXT_LENGTH,
  type DonorUnreadResponse,
  type DonorUnreadTicketResponse,
  type StaffUnreadResponse,
} from './unread.dto.js';
import { UNREAD_BOUND, unreadOfDonor, unreadOfStaff, type UnreadRow } from './unread.queries.js';

/** What somebody has not read yet. */
@Injectable()
export class Unread {
  constructor(private readonly database: Database) {}

  /** Staff read their own tickets and nobody's, donors those that the policy gives them. Throws 401 for everybody else. */
  async read(actor: Actor): Promise<StaffUnreadResponse | DonorUnreadResponse> {
    const reader = readerOf(actor);
    if (reader === null) throw unauthorized();
    if ('sessionId' in reader) {
      const rows = await unreadOfDonor(this.database, reader);
      return { tickets: rows.filter(hasSome).map(toTicket) };
    }
    const rows = await unreadOfStaff(this.database, reader.userId);
    const tickets = rows.filter(hasSome).map((row) => ({ ...toTicket(row), isMine: row.isMine }));
    const mine = tickets.filter(({ isMine }) => isMine).length;
    return { mine, unassigned: tickets.length - mine, tickets };
  }
}

/** A message that its author has deleted since leaves nothing to read. */
const hasSome = ({ count }: UnreadRow): boolean => count > 0;

function toTicket({ ticketId, seq, count, text, senderName, at }: UnreadRow): DonorUnreadTicketResponse {
  const lastMessage = {
    text: text === null ? null : cutText(text, TEXT_LENGTH),
    senderName,
    at: at.toISOString(),
  };
  return { ticketId, seq, count: Math.min(count, UNREAD_BOUND), lastMessage };
}
