import { TICKET_STATUSES, type TicketStatus } from '../../../contract/ticket-status.js';
import { invalidField, unauthorized } from '../../../platform/http/errors/domain-error.js';
import { pageSize } from '../../../platform/http/pagination/page-query.js';
import type { Actor } from '../../auth/actor.js';
import type { ListTicketsDto } from './list-tickets.dto.js';
import { decodeCursor } from '../../../platform/http/pagination/cursor.js';
import type { TicketFilter, TicketPage } from './ticket-list.queries.js';

function statuses(text: string | undefined): TicketStatus[] | undefined {
  if (text === undefined) return undefined;
  const names = text.split(',').map((name) => name.trim());
  const wanted = TICKET_STATUSES.filter((status) => names.includes(status));
  if (wanted.length < new Set(names).size)
    throw invalidField('status', `status must be one of ${TICKET_STATUSES.join(', ')}`, 'isIn');
  return wanted;
}

function owner(text: string | undefined, actor: Actor): number | 'none' | undefined {
  if (text === undefined || text === 'none') return text;
  if (text !== 'me') return Number(text);
  if (actor.kind !== 'staff') throw invalidField('adminId', 'only staff can ask for their own tickets');
  return actor.id;
}

/** What a donor's own list must not tell: these are staff's marks on the ticket. */
const STAFF_FILTERS = ['adminId', 'tag', 'team', 'callback'] as const;

/** Throws 400 when somebody who is not staff asks by what only staff may know. */
function checkFilters(actor: Actor, query: ListTicketsDto): void {
  if (actor.kind === 'staff') return;
  if (query.sort === 'queue') throw invalidField('sort', 'only staff can sort by queue');
  const withheld = STAFF_FILTERS.find((name) => query[name] !== undefined);
  if (withheld !== undefined) throw invalidField(withheld, `only staff can ask by ${withheld}`);
  if (actor.kind === 'donor' && (query.donorId ?? actor.donorId) !== actor.donorId)
    throw invalidField('donorId', 'this donor token belongs to another donorId');
}

/** Whose tickets an actor may list: staff all, a guest those of the session, a verified donor those of the identity. */
export function own(actor: Actor): Pick<TicketFilter, 'ownerKey' | 'donorSessionId'> {
  switch (actor.kind) {
    case 'staff':
    case 'system':
      return {};
    case 'donor':
      return actor.ownerKey === null ? { donorSessionId: actor.sessionId } : { ownerKey: actor.ownerKey };
    case 'link':
      throw unauthorized();
  }
}

/** Throws 400 for a search that only leaves out: it would be the whole archive but for a few. */
function searched(q: string | undefined): string | undefined {
  const words = q?.split(/\s+/).filter((word) => word !== '' && word !== '-') ?? [];
  if (words.length > 0 && words.every((word) => word.startsWith('-')))
    throw invalidField('q', 'Say what to find beside what to leave out, as in: receipt -monthly.');
  return q;
}

/** Reads the query into what to look for; throws 400 for values that mean nothing. */
export function toFilter(actor: Actor, query: ListTicketsDto, now: Date): TicketFilter {
  checkFilters(actor, query);
  return {
    status: statuses(query.status),
    priority: query.priority,
    category: query.category,
    team: query.team,
    tag: query.tag,
    adminId: owner(query.adminId, actor),
    donorId: query.donorId,
    from: query.from === undefined ? undefined : new Date(query.from),
    to: query.to === undefined ? undefined : new Date(query.to),
    callbackBefore: query.callback === 'overdue' ? now : query.callback && 'ever',
    q: searched(query.q),
    searchNotes: actor.kind === 'staff',
    ...own(actor),
  };
}

/** Reads the query into which part of it. */
export function toPage(query: ListTicketsDto): TicketPage {
  const limit = pageSize(query);
  if (query.cursor !== undefined && query.page !== undefined) {
    throw invalidField('page', 'use either cursor or page');
  }
  if (query.sort === 'callbackDueAt' && query.callback === undefined)
    throw invalidField('sort', 'sort by callbackDueAt goes with callback=owed or callback=overdue');
  return {
    sort: query.sort ?? (query.callback === undefined ? '-updatedAt' : 'callbackDueAt'),
    limit,
    offset: (Number(query.page ?? 1) - 1) * limit,
    after: query.cursor === undefined ? null : decodeCursor(query.cursor),
  };
}
