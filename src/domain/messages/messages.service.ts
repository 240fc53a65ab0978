import type { Prisma } from '../../platform/database/generated/client.js';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.service.js';
import { EventBus } from '../../platform/events/event-bus.js';
import type { Actor, StaffActor } from '../auth/actor.js';
import { forbidden } from '../../platform/http/errors/domain-error.js';
import { TicketAccess } from '../tickets/ticket-access.service.js';
import { TicketChanges, type TicketChange } from '../tickets/ticket-change.js';
import { messageRow, type MessageRow } from '../event-log/rows.js';
import type { ListMessagesDto, UpdateMessageDto } from './message.dto.js';
import { editWindowClosed, messageDeleted, messageNotFound, notYourMessage } from './message.errors.js';
import { DONOR_EDIT_WINDOW } from './message-rules.js';
import { toMessage, type MessageResponse } from './message-shapes.js';
import { listMessages, markRead } from './messages.queries.js';
import { readerOf, type TicketSeen } from './ticket-reader.js';
import { markSeen } from './unread.queries.js';

const streamOf = (actor: Actor): 'staff' | 'donor' => (actor.kind === 'staff' ? 'staff' : 'donor');
const numberOrNothing = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** Reading, marking, changing and deleting messages. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
    private readonly changes: TicketChanges,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {}

  /** Lists the messages of a ticket, oldest first; the newest 200 unless asked otherwise. */
  async list(actor: Actor, ticketId: string, query: ListMessagesDto): Promise<MessageResponse[]> {
    await this.access.read(actor, ticketId, 'take_part_by_link');
    const page = {
      limit: Number(query.limit ?? 200),
      before: numberOrNothing(query.before),
      after: numberOrNothing(query.after),
    };
    const rows = await listMessages(this.database, ticketId, streamOf(actor), page);
    return rows.map((row) => toMessage(actor, row));
  }

  /** Marks messages as read, and the ticket as seen by the reader. Each side marks what the other wrote; nothing unread, no event. */
  async markRead(
    actor: Actor,
    ticketId: string,
    senderType: 'donor' | 'admin',
    upToSeq?: number,
  ): Promise<void> {
    const readable = actor.kind === 'staff' ? 'donor' : 'admin';
    if (senderType !== readable)
      throw forbidden(`You can mark messages of the ${readable} as read, not your own side's.`);
    const { result: seen } = await this.changes.runFor(
      actor,
      ticketId,
      'take_part_by_link',
      async (change) => {
        change.touches = false;
        const news = await this.seen(change, upToSeq);
        const upTo = upToSeq === undefined ? null : { stream: streamOf(actor), seq: upToSeq };
        const mark = await markRead(change.tx, ticketId, senderType, upTo);
        if (mark !== null)
          change.record({
            type: 'messages.read',
            public: true,
            data: { senderType, ...mark, readAt: mark.readAt.toISOString() },
          });
        return news;
      },
    );
    if (seen !== null) this.bus.publish('ticket.seen', seen);
  }

  /** Keeps how far the reader has come, everything when not said; null when that is no further than before. */
  private async seen({ tx, actor, ticket }: TicketChange, upToSeq = Infinity): Promise<TicketSeen | null> {
    const reader = readerOf(actor);
    if (reader === null) return null;
    const isStaff = actor.kind === 'staff';
    const seq = Math.min(upToSeq, isStaff ? ticket.lastSeq : ticket.lastPublicSeq);
    const seen = { reader, ticketId: ticket.id, seq };
    const news = isStaff ? ticket.lastDonorSeq : ticket.lastStaffSeq;
    return (await markSeen(tx, seen, news)) ? seen : null;
  }

  /** Changes a message: staff set isRead, the author changes the text (donors within 15 minutes, with their token). */
  async update(
    actor: Actor,
    ticketId: string,
    messageId: string,
    dto: UpdateMessageDto,
  ): Promise<MessageResponse> {
    const { result } = await this.changes.runFor(actor, ticketId, 'take_part', async (change) => {
      let updated = await this.find(change, messageId);
      if (dto.isRead !== undefined) updated = await this.setRead(change, updated, dto.isRead);
      if (dto.content !== undefined && dto.content !== updated.content)
        updated = await this.edit(change, updated, dto.content);
      return updated;
    });
    return toMessage(actor, result);
  }

  /** A tombstone remains, the text is gone from the database. Authors delete theirs, staff any. */
  async delete(actor: Actor, ticketId: string, messageId: string): Promise<MessageResponse> {
    const { result } = await this.changes.runFor(actor, ticketId, 'take_part', async (change) => {
      const message = await this.find(change, messageId);
      if (actor.kind !== 'staff' && message.senderType !== 'donor') throw notYourMessage();
      if (message.deletedAt !== null) return message;
      const data = { content: '', deletedAt: new Date() };
      const deleted = await write(change, messageId, data);
      change.record({
        type: 'message.deleted',
        public: message.publicSeq !== null,
        data: { message: deleted },
      });
      return deleted;
    });
    return toMessage(actor, result);
  }

  private async find(change: TicketChange, id: string): Promise<MessageRow> {
    const message = await change.tx.message.findFirst({ where: { id, ticketId: change.ticket.id } });
    const hidden = message?.publicSeq === null && change.actor.kind !== 'staff';
    if (message === null || hidden) throw messageNotFound();
    return messageRow(message);
  }

  private async setRead(change: TicketChange, message: MessageRow, isRead: boolean): Promise<MessageRow> {
    if (change.actor.kind !== 'staff')
      throw forbidden('Only staff can change isRead of one message; use mark-read.');
    if (message.isRead === isRead) return message;
    change.touches = false;
    const readAt = isRead ? new Date() : null;
    const updated = await write(change, message.id, { isRead, readAt });
    const data = {
      senderType: message.senderType,
      upToSeq: message.seq,
      upToPublicSeq: message.publicSeq,
      messageId: message.id,
      isRead,
      readAt: readAt?.toISOString() ?? null,
    };
    change.record({ type: 'messages.read', public: message.publicSeq !== null, data });
    return updated;
  }

  private async edit(change: TicketChange, message: MessageRow, content: string): Promise<MessageRow> {
    if (!isAuthor(change.actor, message)) throw notYourMessage();
    if (message.deletedAt !== null) throw messageDeleted();
    const age = this.clock.now().getTime() - message.createdAt.getTime();
    if (change.actor.kind !== 'staff' && age > DONOR_EDIT_WINDOW) throw editWindowClosed();
    const edited = await write(change, message.id, { content, editedAt: new Date() });
    change.record({ type: 'message.edited', public: message.publicSeq !== null, data: { message: edited } });
    return edited;
  }
}

async function write({ tx }: TicketChange, id: string, data: Prisma.MessageUpdateInput): Promise<MessageRow> {
  return messageRow(await tx.message.update({ where: { id }, data }));
}

function isAuthor(actor: Actor, message: MessageRow): boolean {
  if (actor.kind === 'staff')
    return message.senderType === 'admin' && message.senderId === String((actor satisfies StaffActor).id);
  return message.senderType === 'donor';
}
