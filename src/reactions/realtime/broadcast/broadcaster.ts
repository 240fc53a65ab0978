import { channel } from 'node:diagnostics_channel';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { LiveTicket } from '../../../contract/events/staff-ticket.js';
import { SOCKET_EVENT_OF, type ServerEvents } from '../../../contract/socket-events.js';
import { mailboxKey, ownerKeysOf } from '../../../domain/auth/owner-key.js';
import { toEventPayload, type Audience } from '../../../domain/event-log/event-payload.js';
import type { TicketEvent } from '../../../domain/event-log/ticket-event.js';
import { NO_OWNER } from '../../../domain/event-log/rows.js';
import { filingOf, ownerOf, toStaffTicket } from '../../../domain/tickets/ticket.mapper.js';
import { EventBus, type Facts } from '../../../platform/events/event-bus.js';
import { toClosedTicket } from './closed-ticket.mapper.js';
import { Cluster } from '../server/cluster.js';
import {
  donorRoom,
  donorSessionRoom,
  LINKS_ROOM,
  MONITOR_ROOM,
  ownerRoom,
  readerRoom,
  ticketRoom,
  ticketStaffRoom,
} from '../rooms/rooms.js';
import { SOCKET_SERVER, type SocketServer } from '../server/socket-state.js';

/** Like the log's checkpoints: free unless somebody subscribes. */
const beforeEmit = channel('concierge:before-emit');
const afterEmit = channel('concierge:after-emit');

/** To whom. A socket in several of the rooms gets one copy. */
export interface Recipients {
  rooms: string[];
  except?: string[];
  /** Sockets of this process only. */
  local?: boolean;
}

/**
 * The only file that emits to sockets. Each committed event goes out as two payloads, encoded once each: the full one to
 * staff, the public one to those who may see it. What a crash swallows here is healed by catch-up.
 */
@Injectable()
export class Broadcaster implements OnModuleInit, OnModuleDestroy {
  private readonly subscriptions: (() => void)[] = [];

  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly bus: EventBus,
    private readonly cluster: Cluster,
  ) {}

  onModuleInit(): void {
    this.subscriptions.push(
      this.bus.on('ticket.events', (events) => this.announceAll(events)),
      this.bus.on('desk.changed', (desk) => this.announceDesk(desk)),
      this.bus.on('ticket.deleted', (deleted) => this.announceDeletion(deleted)),
      this.bus.on('ticket.seen', ({ reader, ticketId, seq }) =>
        this.send({ rooms: [readerRoom(reader)] }, 'unread', { ticketId, seq }),
      ),
    );
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** One event to everybody in the rooms. */
  send<E extends keyof ServerEvents>(
    { rooms, except = [], local = false }: Recipients,
    event: E,
    ...payload: Parameters<ServerEvents[E]>
  ): void {
    if (!this.reaches(rooms)) return;
    const server = local ? this.io.local : this.io;
    server
      .to(rooms)
      .except(except)
      .emit(event, ...payload);
  }

  /** Everybody leaves the room, here even when the other processes cannot be reached. */
  empty(room: string): void {
    this.io.local.socketsLeave(room);
    this.io.socketsLeave(room);
  }

  /** Each process hears of a change by itself, and tells staff who are connected to it. */
  private announceDesk({ name, colour, logoUrl }: Facts['desk.changed']): void {
    const rooms = [ownerRoom(null)];
    this.send({ rooms, local: true }, 'desk:updated', { name, colour, logoUrl });
  }

  /** The owner before hears all of the transaction that gave it away, and nothing after it. */
  private announceAll(events: readonly TicketEvent[]): void {
    const before = events.flatMap(formerOwner).map(ownerRoom);
    for (const event of events) {
      this.shutOut(event);
      this.emitToAudiences(event, before);
    }
  }

  /** Anyone who reads a mailbox that the ticket named until now, and follows it for that reason alone, hears no more of it. */
  private shutOut(event: TicketEvent): void {
    if (event.type !== 'ticket.updated') return;
    const { data, ticketId, ticket } = event;
    // A guest's ticket has become that of a proven donor: from here on its id opens it no more.
    if (data.changes.donorProof) this.sendAway(LINKS_ROOM, ticketId);
    const donorEmail = data.from?.donorEmail ?? null;
    if (donorEmail === null || ticket === undefined) return;
    const key = mailboxKey(donorEmail);
    if (ownerKeysOf(ticket).includes(key)) return;
    this.sendAway(donorRoom(key), ticketId);
  }

  /** Here at once, in other processes when they hear of it. */
  private sendAway(room: string, ticketId: string): void {
    this.io.local.in(room).socketsLeave(ticketRoom(ticketId));
    this.io.in(room).socketsLeave(ticketRoom(ticketId));
  }

  private emitToAudiences(event: TicketEvent, before: readonly string[]): void {
    const rooms = { staff: [...staffRooms(event), ...before], donor: donorRooms(event) };
    beforeEmit.publish(undefined);
    this.emit(event, 'staff', rooms.staff);
    this.emit(event, 'donor', rooms.donor);
    if (event.type === 'ticket.status_changed' && event.data.to === 'closed')
      this.announceClosing(event, rooms);
    afterEmit.publish(undefined);
  }

  private emit(event: TicketEvent, audience: Audience, rooms: string[]): void {
    if (!this.reaches(rooms)) return;
    const payload = toEventPayload(event, audience);
    if (payload === null) return;
    const more = audience === 'staff' ? liveTicketOf(event) : {};
    this.send({ rooms }, SOCKET_EVENT_OF[event.type], { ...payload, ...more });
  }

  /** False when nobody can be there: most events are not watched, and encoding them is not free. */
  private reaches(rooms: readonly string[]): boolean {
    return this.cluster.isShared || rooms.some((room) => this.io.sockets.adapter.rooms.has(room));
  }

  /** For older clients; not in the log, so without a place in it. */
  private announceClosing({ ticket }: TicketEvent, rooms: Record<Audience, string[]>): void {
    if (ticket === undefined) return;
    for (const audience of ['staff', 'donor'] as const) {
      this.send({ rooms: rooms[audience] }, 'ticket_closed', toClosedTicket(ticket, audience));
    }
  }

  /** The log is gone with the ticket; this takes the place after its last one. */
  private announceDeletion({ ticket, actor }: Facts['ticket.deleted']): void {
    const [lastSeq, lastPublicSeq] = [ticket.lastSeq + 1, ticket.lastPublicSeq + 1];
    const event: TicketEvent = {
      ticketId: ticket.id,
      seq: lastSeq,
      publicSeq: lastPublicSeq,
      type: 'ticket.deleted',
      at: new Date(),
      actor,
      data: {},
      ticket: { ...ticket, ...NO_OWNER, lastSeq, lastPublicSeq },
      before: filingOf(ticket),
    };
    this.emitToAudiences(event, []);
    this.empty(ticketRoom(ticket.id));
    this.empty(ticketStaffRoom(ticket.id));
  }
}

/** Lists of staff show what has become of the ticket without loading it. Most messages change nothing of it. */
function liveTicketOf({ ticket, before = null, isTouchOnly = false }: TicketEvent): Partial<LiveTicket> {
  if (ticket === undefined) return {};
  return isTouchOnly ? { before } : { ticket: toStaffTicket(ticket, ownerOf(ticket)), before };
}

/** Who owned the ticket until this event, null for nobody; nothing for events that leave it where it is. */
function formerOwner({ type, data }: TicketEvent): (number | null)[] {
  if (type === 'ticket.assigned') return [data.from];
  return type === 'ticket.transferred' ? [data.fromAdminId] : [];
}

function staffRooms({ ticketId, ticket }: TicketEvent): string[] {
  const rooms = [ticketStaffRoom(ticketId), MONITOR_ROOM];
  return ticket === undefined ? rooms : [...rooms, ownerRoom(ticket.adminId)];
}

function donorRooms({ ticketId, ticket }: TicketEvent): string[] {
  const rooms = [ticketRoom(ticketId)];
  if (ticket === undefined) return rooms;
  rooms.push(...ownerKeysOf(ticket).map(donorRoom));
  if (ticket.donorSessionId !== null) rooms.push(donorSessionRoom(ticket.donorSessionId));
  return rooms;
}
