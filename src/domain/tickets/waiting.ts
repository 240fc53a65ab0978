import type { TicketStatus } from '../../contract/ticket-status.js';
import type { TicketRow } from '../event-log/rows.js';
import type { TicketEventDraft } from '../event-log/ticket-event.js';
import { ENDING_STATUSES } from './ticket.transitions.js';

/** Statuses in which nobody at the desk owes anything. */
const NOTHING_OWED: ReadonlySet<TicketStatus> = new Set(['waiting_for_donor', ...ENDING_STATUSES]);
/** Statuses that leave the next step to staff. */
const STAFF_TURN: ReadonlySet<TicketStatus> = new Set(['new', 'pending']);

/**
 * What a message makes of `waiting_since`, in statements that name the table `t`: the same as `waitingAfter`. The donor's keeps the
 * oldest; a reply answers all.
 */
export const WAITING_AFTER_DONOR = 'coalesce(t.waiting_since, clock_timestamp())';
export const WAITING_AFTER_STAFF = 'NULL';

type Waiting = Pick<TicketRow, 'status' | 'waitingSince'>;

/**
 * Since when the donor waits for staff after these events, which happen now; null when staff owe nothing. A new ticket waits from
 * its creation, which is the default of the column.
 */
export function waitingAfter(
  { status, waitingSince }: Waiting,
  drafts: readonly TicketEventDraft[],
  now: Date,
): Date | null {
  let [current, since] = [status, waitingSince];
  for (const draft of drafts) {
    const step = stepOf(draft, current);
    if (step === 'asks') since ??= now;
    else if (step === 'answers') since = null;
    if (draft.type === 'ticket.status_changed') current = draft.data.to;
  }
  return ENDING_STATUSES.has(current) ? null : since;
}

type Step = 'asks' | 'answers' | undefined;

/** Whether an event has the donor wait, or ends that; undefined for all others. */
function stepOf(draft: TicketEventDraft, status: TicketStatus): Step {
  if (draft.type === 'message.posted') return stepOfMessage(draft.data.message);
  if (draft.type === 'ticket.status_changed') return stepOfMove(draft.data.from, draft.data.to);
  if (draft.type === 'call.requested') return 'asks';
  if (draft.type === 'call.accepted') return 'answers';
  const dueAt = draft.type === 'ticket.updated' ? draft.data.changes.callbackDueAt : undefined;
  if (typeof dueAt === 'string') return 'asks';
  // What is taken back or settled leaves nothing to do where nothing else was.
  const isSettled = draft.type === 'call.cancelled' || dueAt === null;
  return isSettled && NOTHING_OWED.has(status) ? 'answers' : undefined;
}

function stepOfMove(from: TicketStatus, to: TicketStatus): Step {
  if (NOTHING_OWED.has(to)) return 'answers';
  return NOTHING_OWED.has(from) && STAFF_TURN.has(to) ? 'asks' : undefined;
}

type Posted = Extract<TicketEventDraft, { type: 'message.posted' }>['data']['message'];

function stepOfMessage({ senderType, messageType }: Posted): Step {
  if (messageType !== 'text') return undefined;
  return senderType === 'donor' ? 'asks' : 'answers';
}
