import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { isUniqueViolation } from '../../platform/database/database.errors.js';
import { Database } from '../../platform/database/database.service.js';
import type { Channel } from '../../contract/ticket-fields.js';
import type { Actor } from '../auth/actor.js';
import { channelOf, type ClaimedChannel } from '../tickets/channel.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { ticketClosed } from '../tickets/ticket.errors.js';
import { mustBeAllowed, NO_TICKET } from '../tickets/ticket.policy.js';
import { messageRow, type MessageRow, type TicketRow } from '../event-log/rows.js';
import { TicketLog } from '../event-log/ticket-log.js';
import { DonorMessages } from './donor-messages.service.js';
import { senderMismatch, senderUnknown } from './message.errors.js';
import { CLOSED_FOR_MESSAGES } from './message-rules.js';
import { postAsDonor, postAsStaff, type DonorScope, type PostedRow } from './messages.queries.js';
import { postedEvents, postedMessage } from './posted-message.js';
import { StaffMessages } from './staff-messages.service.js';

export interface NewPost {
  /** Id of the message to be: a retry of a keyed request brings the same one. */
  id: string;
  content: string;
  clientMessageId?: string | undefined;
  channel?: ClaimedChannel | undefined;
  senderId?: string | undefined;
  senderType?: 'donor' | 'admin' | undefined;
}

/** The same with the channel that counts. */
type SentPost = Omit<NewPost, 'channel'> & { channel: Channel };

export interface Posted {
  message: MessageRow;
  /** False when this clientMessageId, or this id, was posted before: that message is given. */
  created: boolean;
}

/** Posting to a ticket. The usual case is one SQL statement; whatever it refuses is found out, and said, afterwards. */
@Injectable()
export class MessagePosting {
  constructor(
    private readonly database: Database,
    private readonly log: TicketLog,
    private readonly access: TicketAccess,
    private readonly staff: StaffMessages,
    private readonly donors: DonorMessages,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Throws ticketNotFound, ticketClosed, senderMismatch, or the policy's refusal; nothing is written then. */
  async post(actor: Actor, ticketId: string, { channel, ...rest }: NewPost): Promise<Posted> {
    const post = { ...rest, channel: channelOf(actor, channel) };
    this.checkClaim(actor, post);
    try {
      const posted = await this.statement(actor, ticketId, post);
      if (posted !== null) return { message: this.publishPosted(actor, post, posted), created: true };
      return await this.postUnderLock(actor, ticketId, post);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const first = await this.findEarlier(actor, ticketId, post);
      if (first === null) throw error;
      return { message: first, created: false };
    }
  }

  /** What a body says about its sender must be true. The donorId is compared in `postUnderLock` and by the ticket itself. */
  private checkClaim(actor: Actor, post: SentPost): void {
    const type = actor.kind === 'staff' ? 'admin' : 'donor';
    if (actor.kind === 'link' && post.senderId === undefined) throw senderUnknown();
    if (post.senderType !== undefined && post.senderType !== type) throw senderMismatch('senderType');
    if (actor.kind === 'staff' && post.senderId !== undefined && post.senderId !== String(actor.id))
      throw senderMismatch('senderId');
  }

  private statement(actor: Actor, ticketId: string, post: SentPost): Promise<PostedRow | null> {
    const statement = {
      ticketId,
      messageId: post.id,
      content: post.content,
      clientMessageId: post.clientMessageId ?? null,
      channel: post.channel,
      dispatched: this.log.isDispatched({ type: 'message.posted', data: {} }),
      statusDispatched: this.log.isDispatched({ type: 'ticket.status_changed', data: {} }),
      via: actor.kind === 'link' ? ('link' as const) : null,
    };
    if (actor.kind === 'staff') return postAsStaff(this.database, statement, actor);
    return postAsDonor(this.database, statement, this.scopeOf(actor), post.senderId ?? null);
  }

  /** The policy, as a condition on the row; a specification test holds both together. */
  private scopeOf(actor: Actor): DonorScope {
    if (actor.kind === 'donor')
      return actor.ownerKey === null ? { sessionId: actor.sessionId } : { ownerKey: actor.ownerKey };
    mustBeAllowed(actor, 'take_part_by_link', NO_TICKET, this.config.donorAccess);
    return 'link';
  }

  /** The statement found nothing to do: a refusal to name, or a reply that also changes hands. */
  private async postUnderLock(actor: Actor, ticketId: string, post: SentPost): Promise<Posted> {
    const ticket = await this.access.read(
      actor,
      ticketId,
      actor.kind === 'staff' ? 'work' : 'take_part_by_link',
    );
    const first = await this.findEarlier(actor, ticketId, post);
    if (first !== null) return { message: first, created: false };
    this.mustBeOpen(ticket);
    if (actor.kind === 'staff')
      return { message: await this.staff.replyAndTake(actor, ticketId, post), created: true };
    return { message: await this.donors.reply(actor, ticketId, post), created: true };
  }

  private mustBeOpen(ticket: TicketRow): void {
    if (CLOSED_FOR_MESSAGES.includes(ticket.status)) throw ticketClosed(ticket.status);
  }

  private publishPosted(actor: Actor, post: SentPost, posted: PostedRow): MessageRow {
    const message = postedMessage(post, posted, actor.kind === 'staff' ? 'admin' : 'donor');
    this.log.publishEvents(postedEvents(actor, message, posted));
    return message;
  }

  /** The message that an earlier try of the same post wrote. */
  private async findEarlier(actor: Actor, ticketId: string, post: SentPost): Promise<MessageRow | null> {
    const byId = await this.database.message.findFirst({ where: { id: post.id, ticketId } });
    if (byId !== null) return messageRow(byId);
    if (post.clientMessageId === undefined) return null;
    const senderType = actor.kind === 'staff' ? 'admin' : 'donor';
    const sender = actor.kind === 'staff' ? { senderId: String(actor.id) } : {};
    const same = await this.database.message.findFirst({
      where: { ticketId, senderType, ...sender, clientMessageId: post.clientMessageId },
    });
    return same && messageRow(same);
  }
}
