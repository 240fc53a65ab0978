import { expect } from '@jest/globals';
import type pg from 'pg';
import { TRANSITIONS } from '../../src/domain/tickets/ticket.transitions.js';

type Row = Record<string, ReturnType<typeof JSON.parse>>;

/** Everything the database holds about a ticket; null when it is gone. */
export interface TicketRows {
  ticket: Row;
  events: Row[];
  messages: Row[];
  calls: Row[];
  transfers: Row[];
}

const list = (table: string, order: string) =>
  `(SELECT coalesce(json_agg(to_jsonb(x) - 'search' - 'dispatched' ORDER BY ${order}), '[]') FROM ${table} x WHERE x.ticket_id = t.id)`;

/** The rows of one ticket, to show what a request wrote, or that a refused one wrote nothing. */
export async function rowsOf(pool: pg.Pool, ticketId: string): Promise<TicketRows | null> {
  const { rows } = await pool.query<TicketRows>(
    `SELECT to_jsonb(t) - 'search' AS ticket, ${list('ticket_events', 'x.seq')} AS events,
            ${list('messages', 'x.seq')} AS messages, ${list('calls', 'x.created_at, x.id')} AS calls,
            ${list('ticket_transfers', 'x.transferred_at, x.id')} AS transfers
       FROM tickets t WHERE t.id = $1`,
    [ticketId],
  );
  return rows[0] ?? null;
}

/** Types of the ticket's events after a sequence number, in order. */
export async function eventTypes(pool: pg.Pool, ticketId: string, after = 0): Promise<string[]> {
  const rows = await rowsOf(pool, ticketId);
  return rows!.events.filter((event) => event.seq > after).map((event) => event.type);
}

const LEGAL = Object.entries(TRANSITIONS)
  .flatMap(([from, targets]) => targets.map((to) => `('${from}', '${to}')`))
  .join(', ');

/** What must hold for every ticket at any time; each query returns the tickets that break it. */
const INVARIANTS: Record<string, string> = {
  'seq runs from 1 without gaps to the ticket’s head': `
    SELECT t.id FROM tickets t LEFT JOIN ticket_events e ON e.ticket_id = t.id GROUP BY t.id
    HAVING count(e.seq) <> t.last_seq OR coalesce(max(e.seq), 0) <> t.last_seq`,
  'public seq runs from 1 without gaps to the ticket’s public head': `
    SELECT t.id FROM tickets t LEFT JOIN ticket_events e ON e.ticket_id = t.id GROUP BY t.id
    HAVING count(e.public_seq) <> t.last_public_seq OR coalesce(max(e.public_seq), 0) <> t.last_public_seq
        OR count(DISTINCT e.public_seq) <> t.last_public_seq`,
  'what staff have to read ends with the last that a donor wrote or asked for': `
    SELECT t.id FROM tickets t LEFT JOIN ticket_events e ON e.ticket_id = t.id LEFT JOIN messages m ON m.id = e.message_id
     GROUP BY t.id HAVING t.last_donor_seq <> coalesce(max(e.seq) FILTER (WHERE (e.type = 'message.posted' AND m.sender_type = 'donor')
        OR (e.actor_type = 'donor' AND e.type IN ('ticket.created', 'call.requested'))), 0)`,
  'what donors have to read ends with the last that staff wrote to them': `
    SELECT t.id FROM tickets t LEFT JOIN messages m ON m.ticket_id = t.id AND m.sender_type = 'admin'
     GROUP BY t.id HAVING t.last_staff_seq <> coalesce(max(m.public_seq), 0)`,
  'public seq follows seq': `
    SELECT ticket_id FROM (SELECT ticket_id, public_seq, lag(public_seq) OVER (PARTITION BY ticket_id ORDER BY seq) AS before
      FROM ticket_events WHERE public_seq IS NOT NULL) x WHERE before IS NOT NULL AND public_seq <> before + 1`,
  'time follows seq': `
    SELECT ticket_id FROM (SELECT ticket_id, created_at, lag(created_at) OVER (PARTITION BY ticket_id ORDER BY seq) AS before
      FROM ticket_events) x WHERE created_at < before`,
  'a message stands where its event stands': `
    SELECT m.ticket_id FROM messages m FULL JOIN (SELECT * FROM ticket_events WHERE type = 'message.posted') e
        ON e.message_id = m.id
     WHERE m.id IS NULL OR e.message_id IS NULL OR m.seq <> e.seq OR m.public_seq IS DISTINCT FROM e.public_seq
        OR m.ticket_id <> e.ticket_id OR m.created_at <> e.created_at`,
  'a note, and only a note, has no public place': `
    SELECT ticket_id FROM messages WHERE (message_type = 'note') <> (public_seq IS NULL)`,
  'every change of status is legal and starts where the last one ended': `
    SELECT ticket_id FROM (SELECT ticket_id, data->>'from' AS a, data->>'to' AS b,
             lag(data->>'to', 1, 'new') OVER (PARTITION BY ticket_id ORDER BY seq) AS before
        FROM ticket_events WHERE type = 'ticket.status_changed') x
     WHERE a <> before OR (a, b) NOT IN (VALUES ${LEGAL})`,
  'the status is what the last change says': `
    SELECT t.id FROM tickets t WHERE t.status <> coalesce((SELECT data->>'to' FROM ticket_events e
      WHERE e.ticket_id = t.id AND type = 'ticket.status_changed' ORDER BY seq DESC LIMIT 1), 'new')`,
  'the owner is whom the last assignment or transfer names': `
    SELECT t.id FROM tickets t WHERE t.admin_id IS DISTINCT FROM (SELECT coalesce(data->>'to', data->>'toAdminId')::int
      FROM ticket_events e WHERE e.ticket_id = t.id AND type IN ('ticket.assigned', 'ticket.transferred') ORDER BY seq DESC LIMIT 1)`,
  'the active call is the open call': `
    SELECT t.id FROM tickets t LEFT JOIN calls c ON c.ticket_id = t.id AND c.status = 'active'
     WHERE t.active_call_id IS DISTINCT FROM c.id`,
  'a ticket on a call has an open call': `
    SELECT id FROM tickets WHERE status = 'active_call' AND active_call_id IS NULL`,
  'an ended ticket has no open call': `
    SELECT id FROM tickets WHERE status IN ('resolved', 'closed', 'cancelled') AND active_call_id IS NOT NULL`,
  'a call starts once and ends at most once': `
    SELECT c.ticket_id FROM calls c LEFT JOIN ticket_events e ON e.call_id = c.id AND e.type IN ('call.started', 'call.ended')
     GROUP BY c.id HAVING count(*) FILTER (WHERE e.type = 'call.started') <> 1
        OR count(*) FILTER (WHERE e.type = 'call.ended') <> (c.status = 'ended')::int`,
  'a transfer is an event and a row': `
    SELECT t.id FROM tickets t WHERE (SELECT count(*) FROM ticket_transfers x WHERE x.ticket_id = t.id)
      <> (SELECT count(*) FROM ticket_events e WHERE e.ticket_id = t.id AND e.type = 'ticket.transferred')`,
  'a deleted message has no text': `
    SELECT ticket_id FROM messages WHERE deleted_at IS NOT NULL AND content <> ''`,
  'only an answered ticket has a first response': `
    SELECT t.id FROM tickets t WHERE (t.first_response_at IS NOT NULL) <> EXISTS
      (SELECT 1 FROM messages m WHERE m.ticket_id = t.id AND m.sender_type = 'admin' AND m.message_type = 'text')`,
  'nobody waits on an ended ticket': `
    SELECT id FROM tickets WHERE status IN ('resolved', 'closed', 'cancelled') AND waiting_since IS NOT NULL`,
  'only a resolved or closed ticket has a time of resolution': `
    SELECT id FROM tickets WHERE (resolved_at IS NOT NULL) <> (status IN ('resolved', 'closed'))`,
};

/** Asserts every invariant over all tickets of the database. */
export async function expectInvariants(pool: pg.Pool): Promise<void> {
  const broken: Record<string, unknown[]> = {};
  for (const [name, sql] of Object.entries(INVARIANTS)) {
    const { rows } = await pool.query(sql);
    if (rows.length > 0) broken[name] = rows;
  }
  expect(broken).toEqual({});
}
