import type { TicketStatus } from '../../src/contract/ticket-status.js';
import {
  AFTER_DONOR_MESSAGE,
  AFTER_OWNER_MESSAGE,
  AFTER_STAFF_MESSAGE,
} from '../../src/domain/messages/message-rules.js';
import { canMove } from '../../src/domain/tickets/ticket.transitions.js';

/** Staff by their place in the desk, or the donor. */
export type Staff = 'admin' | 'colleague' | 'boss';
export type Author = Staff | 'donor';

export interface ModelMessage {
  author: Author;
  isNote: boolean;
  content: string;
  isDeleted: boolean;
}

const ENDED: readonly TicketStatus[] = ['resolved', 'closed', 'cancelled'];
const SILENT: readonly TicketStatus[] = ['closed', 'cancelled'];

/**
 * What a ticket is, without a database: its rules in as few words as it takes. Each verb answers with the HTTP status
 * that the real one must give, and changes nothing when it refuses.
 */
export class TicketModel {
  status: TicketStatus = 'new';
  owner: Staff | null = null;
  calls = 0;
  isCallOpen = false;
  transfers = 0;
  rating: number | null = null;
  isAnswered = false;
  readonly messages: ModelMessage[] = [];

  reply(author: Author, content: string): number {
    if (SILENT.includes(this.status)) return 409;
    if (author === 'donor') this.status = this.pendingOrNew(AFTER_DONOR_MESSAGE[this.status] ?? this.status);
    else this.answer(author);
    this.messages.push({ author, isNote: false, content, isDeleted: false });
    return 201;
  }

  note(author: Staff, content: string): number {
    this.messages.push({ author, isNote: true, content, isDeleted: false });
    return 201;
  }

  accept(who: Staff): number {
    const mayTake = this.owner === null || this.owner === who;
    if (!mayTake || ENDED.includes(this.status)) return 409;
    this.give(who);
    return 200;
  }

  /** A super admin names who gets it. */
  takeOver(to: Staff): number {
    if (ENDED.includes(this.status)) return 409;
    this.give(to);
    return 200;
  }

  transfer(who: Staff, to: Staff): number {
    if (this.owner !== null && this.owner !== who && who !== 'boss') return 403;
    if (this.owner === to) return 400;
    if (!canMove(this.status, 'transferred')) return 409;
    this.status = 'transferred';
    this.owner = to;
    this.transfers += 1;
    return 200;
  }

  startCall(who: Author): number {
    if (ENDED.includes(this.status)) return 409;
    const isNew = !this.isCallOpen;
    if (isNew) this.calls += 1;
    this.isCallOpen = true;
    if (who !== 'donor' && this.owner === null) this.give(who);
    if (isNew || who !== 'donor') this.status = 'active_call';
    return isNew ? 201 : 200;
  }

  endCall(): number {
    if (this.isCallOpen && this.status === 'active_call')
      this.status = this.owner === null ? 'new' : 'pending';
    this.isCallOpen = false;
    return 200;
  }

  end(to: 'resolved' | 'closed' | 'cancelled'): number {
    if (to === 'resolved' && this.status === 'resolved') return 200;
    if (!canMove(this.status, to)) return 409;
    this.status = to;
    this.isCallOpen = false;
    return 200;
  }

  /** Anyone who reopens what nobody owns takes it on. */
  reopen(who: Staff): number {
    if (!ENDED.includes(this.status)) return 409;
    this.owner ??= who;
    this.status = 'pending';
    return 200;
  }

  rate(rating: number): number {
    if (this.status !== 'resolved' && this.status !== 'closed') return 409;
    this.rating = rating;
    return 200;
  }

  edit(who: Author, index: number, content: string): number {
    const message = this.messages[index]!;
    if (message.isNote && who === 'donor') return 404;
    if (message.author !== who) return 403;
    if (message.isDeleted) return 409;
    message.content = content;
    return 200;
  }

  remove(who: Author, index: number): number {
    const message = this.messages[index]!;
    if (message.isNote && who === 'donor') return 404;
    if (who === 'donor' && message.author !== 'donor') return 403;
    Object.assign(message, { isDeleted: true, content: '' });
    return 200;
  }

  private answer(author: Staff): void {
    if (this.owner === null && this.status !== 'resolved') this.give(author);
    const rules = this.owner === author ? AFTER_OWNER_MESSAGE : AFTER_STAFF_MESSAGE;
    this.status = rules[this.status] ?? this.status;
    this.isAnswered = true;
  }

  private pendingOrNew(status: TicketStatus): TicketStatus {
    return status === 'pending' && this.owner === null ? 'new' : status;
  }

  private give(who: Staff): void {
    this.owner = who;
    if (this.status === 'new' || this.status === 'transferred') this.status = 'pending';
  }
}
