import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import type { TicketFiling } from '../../../../../src/contract/events/staff-ticket.js';
import type { UnreadPayload } from '../../../../../src/contract/socket-events.js';
import { cutText } from '../../../../../src/contract/text.js';
import { OPEN_STATUSES } from '../../../../../src/contract/ticket-status.js';
import { filingAfter } from './ticket-news.js';
import type { Unread, UnreadTicket } from './unread-query.js';

/** The server stops counting there, tickets and what is unread in one. */
export const UNREAD_CAP = 100;
const TEXT_LENGTH = 120;

type LastMessage = UnreadTicket['lastMessage'];

/** Whether staff are to read it: what a donor writes or asks for. Lines of the server come with what they tell of. */
export function isNews(event: StaffEventPayload): boolean {
  if (event.actor.type !== 'donor') return false;
  if (event.type === 'message.posted') return event.senderType === 'donor';
  return event.type === 'ticket.created' || event.type === 'call.requested';
}

/** What is unread after this event. Undefined when only the server can tell. */
export function unreadAfter(unread: Unread, event: StaffEventPayload, myId: number): Unread | undefined {
  const { ticketId, before = null, type, seq } = event;
  const filing = filingAfter(event);
  if (filing === undefined) return undefined;
  if (type === 'ticket.deleted' || !isInView(filing, myId)) return without(unread, ticketId);
  // What was written while it was a colleague's, or before it was reopened, this page has not counted.
  if (before !== null && !isInView(before, myId)) return undefined;
  const known = unread.tickets.find((entry) => entry.ticketId === ticketId);
  const isMine = filing.adminId === myId;
  if (isNews(event) && seq > (known?.seq ?? 0)) {
    const count = Math.min((known?.count ?? 0) + 1, UNREAD_CAP);
    const lastMessage = lastOf(event, known?.lastMessage);
    return withFirst(unread, { ticketId, isMine, seq, count, lastMessage });
  }
  if (known === undefined || known.isMine === isMine) return unread;
  return counted(unread.tickets.map((entry) => (entry === known ? { ...entry, isMine } : entry)));
}

/** What is unread after somebody has read a ticket up to there, on this page or another. */
export function unreadAfterSeen(unread: Unread, { ticketId, seq }: UnreadPayload): Unread | undefined {
  const known = unread.tickets.find((entry) => entry.ticketId === ticketId);
  return known !== undefined && known.seq <= seq ? without(unread, ticketId) : unread;
}

const isOpen = (status: string): boolean => OPEN_STATUSES.some((open) => open === status);

function isInView({ adminId, status }: Pick<TicketFiling, 'adminId' | 'status'>, myId: number): boolean {
  return isOpen(status) && (adminId === null || adminId === myId);
}

function lastOf(event: StaffEventPayload, before: LastMessage | undefined): LastMessage {
  const { ticket, at } = event;
  if (event.type === 'message.posted')
    return { text: cutText(event.content, TEXT_LENGTH), senderName: event.author_name || null, at };
  const text = ticket?.description ?? ticket?.subject ?? null;
  return (
    before ?? {
      text: text === null ? null : cutText(text, TEXT_LENGTH),
      senderName: ticket?.donorName ?? null,
      at: ticket?.createdAt ?? at,
    }
  );
}

function withFirst({ tickets }: Unread, first: UnreadTicket): Unread {
  return counted([first, ...tickets.filter(({ ticketId }) => ticketId !== first.ticketId)]);
}

/** There may be more than the server has counted, of which one comes into view now. */
function without(unread: Unread, ticketId: string): Unread | undefined {
  const rest = unread.tickets.filter((entry) => entry.ticketId !== ticketId);
  if (rest.length === unread.tickets.length) return unread;
  return unread.mine >= UNREAD_CAP || unread.unassigned >= UNREAD_CAP ? undefined : counted(rest);
}

function counted(tickets: UnreadTicket[]): Unread {
  const mine = tickets.filter(({ isMine }) => isMine).length;
  return { mine, unassigned: tickets.length - mine, tickets };
}
