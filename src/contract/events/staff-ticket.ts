import type { CallType, Channel, Priority } from '../ticket-fields.js';
import type { TicketStatus } from '../ticket-status.js';
import type { DonorClaim, DonorProof, StaffSummary } from './event-data.js';

/** All that staff read of a ticket, in every response and in every live event. Times are ISO 8601. */
export interface StaffTicket {
  id: string;
  number: string;
  donorId: string;
  donorEmail: string | null;
  donorName: string | null;
  donorVerified: boolean;
  donorProof: DonorProof | null;
  donorUnproven: DonorClaim[];
  subject: string | null;
  description: string | null;
  category: string | null;
  priority: Priority;
  status: TicketStatus;
  team: string;
  channel: Channel;
  externalId: string | null;
  adminId: number | null;
  /** The owner. */
  admin: StaffSummary | null;
  callRequested: boolean;
  /** Of the open call, else of the last one that was asked for. */
  callType: CallType | null;
  activeCallId: string | null;
  callbackDueAt: string | null;
  callbackPhone: string | null;
  tags: string[];
  context: Record<string, unknown>;
  summary: string | null;
  helpfulNotes: string | null;
  relatedSkills: string[];
  triagedAt: string | null;
  rating: number | null;
  ratingComment: string | null;
  firstResponseAt: string | null;
  resolvedAt: string | null;
  resolvedById: number | null;
  closedAt: string | null;
  /** Since when the donor waits for staff; null while nobody at the desk owes anything. */
  waitingSince: string | null;
  version: number;
  /** Head of the staff's stream. */
  seq: number;
  createdAt: string;
  updatedAt: string;
}

/** By what lists of tickets are filtered, counted and queued. */
export type TicketFiling = Pick<
  StaffTicket,
  'status' | 'priority' | 'category' | 'adminId' | 'callbackDueAt' | 'waitingSince'
>;

/**
 * What live events bring staff beside their own facts, so that no list needs to be loaded again. Every event of a transaction
 * has the same: `ticket.seq` is the place of the last one. A catch-up has neither.
 */
export interface LiveTicket {
  /**
   * As the transaction left it, without the tokens of its call. For `ticket.deleted`, as it was. Left out by a message that
   * changes nothing of it but `seq` and `updatedAt`, which are those of the event: the ticket is filed as `before` says.
   */
  ticket?: StaffTicket;
  /** As the transaction found it; null for a new ticket. */
  before: TicketFiling | null;
}
