import { PRIORITIES, type Priority } from '../../../../../src/contract/ticket-fields.js';
import { TICKET_STATUSES, type TicketStatus } from '../../../../../src/contract/ticket-status.js';
import { cutText } from '../../../../../src/contract/text.js';

/** The filters of the list, as they stand in the address; what is not understood is left out. */
export interface ListSearch {
  /** Statuses, separated by commas. */
  readonly status?: string;
  readonly priority?: Priority;
  readonly category?: string;
  /** `me`, `none` or a user's id. */
  readonly owner?: string;
  /** Donors to call back, the longest due first. */
  readonly callback?: (typeof CALLBACKS)[number];
  readonly q?: string;
  /** Left out it is the queue, the longest due first for callbacks, and the last changed first for what is searched for. */
  readonly sort?: (typeof SORTS)[number];
}

export const CALLBACKS = ['owed', 'overdue'] as const;
export const SORTS = ['queue', 'updated', 'created'] as const;

export type ListOrder = (typeof SORTS)[number] | 'due';

/** How the list is sorted. */
export function orderOf({ sort, callback, q }: ListSearch): ListOrder {
  if (sort !== undefined) return sort;
  if (callback) return 'due';
  return q ? 'updated' : 'queue';
}

export function readSearch(raw: Readonly<Record<string, unknown>>): ListSearch {
  const status = statusesOf(text(raw.status)).join(',');
  const priority = PRIORITIES.find((known) => known === raw.priority);
  const callback = CALLBACKS.find((known) => known === raw.callback);
  const sort = SORTS.find((known) => known === raw.sort);
  const owner = text(raw.owner);
  const category = text(raw.category);
  const q = cutText(text(raw.q).trim(), 200);
  return {
    ...(status && { status }),
    ...(priority && { priority }),
    ...(category && { category }),
    ...(/^(me|none|[1-9]\d{0,8})$/.test(owner) && { owner }),
    ...(callback && { callback }),
    ...(q && { q }),
    ...(sort && { sort }),
  };
}

export function statusesOf(list: string | undefined): TicketStatus[] {
  return TICKET_STATUSES.filter((status) => list?.split(',').includes(status));
}

/** Numbers too: the router reads `q=123` as one. */
function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
