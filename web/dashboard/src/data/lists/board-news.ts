import type { StaffTicket, TicketFiling } from '../../../../../src/contract/events/staff-ticket.js';
import type { StaffRole } from '../../../../../src/contract/roles.js';
import type { TicketStatus } from '../../../../../src/contract/ticket-status.js';
import type { BoardTicket, Dashboard } from '../api.js';
import { isAhead, isInSight, isNewer, rowAfter, type TicketNews } from './ticket-news.js';

interface Reader {
  readonly id: number;
  readonly role: StaffRole;
  /** The board of their own tickets alone. */
  readonly isMine?: boolean;
}

type Counts = Dashboard['counts'];
type Group = Exclude<keyof Dashboard, 'counts'>;
type Count = Exclude<keyof Counts, 'total' | 'unassigned' | 'capped'>;

/** Each column: its tickets, and how many there are. */
const COLUMNS: Readonly<Partial<Record<TicketStatus, readonly [Group, Count]>>> = {
  new: ['newTickets', 'new'],
  pending: ['pendingTickets', 'pending'],
  waiting_for_donor: ['waitingTickets', 'waiting'],
  active_call: ['activeCallTickets', 'activeCall'],
  transferred: ['transferredTickets', 'transferred'],
};
/** Columns that the server sorts as a queue. */
const QUEUES: ReadonlySet<Group> = new Set(['newTickets', 'pendingTickets']);
/** So many of a column come with the board. */
const LOADED = 50;
/** A column of which less is left, while there are more tickets, is loaded again. */
const REFILL_BELOW = 25;
/** The server stops counting there, so what is above cannot be counted on. */
const CAP = 1_000;

/** The board with the news in it. News that it knows already change nothing. Undefined when only the server can tell. */
export function boardAfter(board: Dashboard, news: TicketNews, reader: Reader): Dashboard | undefined {
  const columns = Object.values(COLUMNS);
  const { before, after } = news;
  const known = columns.flatMap(([group]) => board[group]).find(({ id }) => id === news.id);
  if (known !== undefined && known.seq >= news.seq) return board;
  const ticket = rowAfter(known, news);
  const [from, to] = [columnOf(before, reader), columnOf(after, reader)];
  const next: Dashboard = { ...board, counts: countsAfter(board.counts, [before, from], [after, to]) };
  for (const [group, count] of columns) {
    const others = board[group].filter(({ id }) => id !== news.id);
    const hasMore = board.counts[count] > board[group].length;
    const order = { hasMore, precedes: QUEUES.has(group) ? isAhead : isNewer };
    if (group === to?.[0]) {
      if (ticket !== undefined) next[group] = inserted(others, ticket, order);
      else if (isInSight(news, others, order)) return undefined;
    } else if (others.length < board[group].length) next[group] = others;
  }
  return next;
}

/** Whether there are tickets beyond those that were loaded, and little is left to show of them. */
export function isShort(board: Dashboard): boolean {
  return Object.values(COLUMNS).some(
    ([group, count]) => board[group].length < Math.min(board.counts[count], REFILL_BELOW),
  );
}

/** Admins see their own tickets and those that nobody owns. */
function columnOf(
  filing: TicketFiling | null,
  { id, role, isMine }: Reader,
): readonly [Group, Count] | undefined {
  if (filing === null) return undefined;
  const isOfOthers = role === 'SUPER_ADMIN' || filing.adminId === null;
  const isShown = filing.adminId === id || (isOfOthers && !isMine);
  return isShown ? COLUMNS[filing.status] : undefined;
}

function inserted(
  others: readonly BoardTicket[],
  ticket: StaffTicket,
  { hasMore, precedes }: { hasMore: boolean; precedes: typeof isNewer },
): BoardTicket[] {
  const place = others.findIndex((other) => precedes(ticket, other));
  // After all that are loaded: others may come before it.
  if (place === -1 && hasMore) return [...others];
  const at = place === -1 ? others.length : place;
  return [...others.slice(0, at), ticket, ...others.slice(at)].slice(0, LOADED);
}

type Place = readonly [TicketFiling | null, readonly [Group, Count] | undefined];

function countsAfter(counts: Counts, from: Place, to: Place): Counts {
  const next = { ...counts, unassigned: { ...counts.unassigned } };
  for (const [[filing, column], step] of [
    [from, -1],
    [to, 1],
  ] as const) {
    if (filing === null || column === undefined) continue;
    const [, count] = column;
    next[count] = moved(next[count], step);
    if (filing.adminId !== null) continue;
    next.unassigned.total = moved(next.unassigned.total, step);
    if (count === 'new' || count === 'activeCall')
      next.unassigned[count] = moved(next.unassigned[count], step);
  }
  next.total = Object.values(COLUMNS).reduce((sum, [, count]) => sum + next[count], 0);
  return next;
}

function moved(count: number, step: number): number {
  return count >= CAP ? count : Math.max(0, count + step);
}
