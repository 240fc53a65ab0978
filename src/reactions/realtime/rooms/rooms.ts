import type { Actor } from '../../../domain/auth/actor.js';
import type { Audience } from '../../../domain/event-log/event-payload.js';
import type { TicketReader } from '../../../domain/messages/ticket-reader.js';

/** Names of rooms. They are made here and nowhere else; ids that come from a client are validated UUIDs. */

/** Everybody who follows the public stream of a ticket. */
export const ticketRoom = (ticketId: string): string => `ticket:${ticketId}`;

/** Staff who follow its full stream. */
export const ticketStaffRoom = (ticketId: string): string => `ticket:${ticketId}:staff`;

/** Staff who watch the board of all tickets. */
export const MONITOR_ROOM = 'admin:ticket_monitor';

/** Every socket of one member of staff. */
const adminRoom = (userId: number): string => `admin:${userId}`;

/** Every socket of staff: tickets that nobody owns are heard here. */
const UNASSIGNED_ROOM = 'staff:unassigned';

/** Where the owner of a ticket hears of it without joining: all staff while nobody does. */
export const ownerRoom = (adminId: number | null): string =>
  adminId === null ? UNASSIGNED_ROOM : adminRoom(adminId);

/** Every socket of one donor session; its tickets are heard here without joining each. */
export const donorSessionRoom = (sessionId: string): string => `donor-session:${sessionId}`;

/** Every socket of a proven identity, whatever session. */
export const donorRoom = (ownerKey: string): string => `donor:${ownerKey}`;

/** Every socket of one reader, on whatever page or device. */
export function readerRoom(reader: TicketReader): string {
  if ('userId' in reader) return adminRoom(reader.userId);
  return reader.ownerKey === null ? donorSessionRoom(reader.sessionId) : donorRoom(reader.ownerKey);
}

/** Every socket without a token, which follows tickets by their ids alone. */
export const LINKS_ROOM = 'links';

/** Everybody in one call. */
export const callRoom = (callId: string): string => `call:${callId}`;

/** One socket as a member of one call: reaches nobody unless that socket is in that call. */
export const callPeerRoom = (callId: string, socketId: string): string => `call:${callId}:${socketId}`;

/** The room in which this audience follows a ticket. */
export const followingRoom = (ticketId: string, audience: Audience): string =>
  audience === 'staff' ? ticketStaffRoom(ticketId) : ticketRoom(ticketId);

/** What somebody hears of without asking, by being who they are. */
export function roomsOf(actor: Actor): string[] {
  switch (actor.kind) {
    case 'staff':
      return [adminRoom(actor.id), UNASSIGNED_ROOM];
    case 'donor':
      return [
        donorSessionRoom(actor.sessionId),
        ...(actor.ownerKey === null ? [] : [donorRoom(actor.ownerKey)]),
      ];
    case 'link':
      return [LINKS_ROOM];
    case 'system':
      return [];
  }
}

/** A call is entered with a call token, so it outlives a change of who is at the socket; everything else does not. */
export const isCallRoom = (room: string): boolean => room.startsWith('call:');

const FOLLOWING = /^ticket:([0-9a-f-]{36})(:staff)?$/;

/** The ticket and the stream that a room carries; undefined for other rooms. */
export function followedIn(room: string): { ticketId: string; audience: Audience } | undefined {
  const [, ticketId, staff] = FOLLOWING.exec(room) ?? [];
  return ticketId === undefined ? undefined : { ticketId, audience: staff === undefined ? 'donor' : 'staff' };
}
