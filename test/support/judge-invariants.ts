import type pg from 'pg';
import { TRANSITIONS } from '../../src/domain/tickets/ticket.transitions.js';

const ALLOWED = Object.entries(TRANSITIONS)
  .flatMap(([from, all]) => all.map((to) => `('${from}', '${to}')`))
  .join(', ');

/** Statements that find what must never be; each row they give is a fault. */
const INVARIANTS: Record<string, string> = {
  'the log counts 1 to n without a gap': `
    SELECT t.id, t.last_seq, count(e.seq), min(e.seq), max(e.seq)
      FROM tickets t LEFT JOIN ticket_events e ON e.ticket_id = t.id GROUP BY t.id
    HAVING count(e.seq) <> t.last_seq OR max(e.seq) <> t.last_seq OR min(e.seq) <> 1`,
  'the public stream counts 1 to m without a gap': `
    SELECT t.id, t.last_public_seq, count(e.public_seq), max(e.public_seq)
      FROM tickets t JOIN ticket_events e ON e.ticket_id = t.id GROUP BY t.id
    HAVING count(e.public_seq) <> t.last_public_seq OR max(e.public_seq) <> t.last_public_seq
        OR count(DISTINCT e.public_seq) <> count(e.public_seq)`,
  'both streams have one order': `
    SELECT * FROM (
      SELECT ticket_id, seq, public_seq, lag(public_seq) OVER (PARTITION BY ticket_id ORDER BY seq) AS before
        FROM ticket_events WHERE public_seq IS NOT NULL) AS e
     WHERE public_seq <> coalesce(before, 0) + 1`,
  'times follow the numbers': `
    SELECT * FROM (
      SELECT ticket_id, seq, created_at, lag(created_at) OVER (PARTITION BY ticket_id ORDER BY seq) AS before
        FROM ticket_events) AS e
     WHERE created_at < before`,
  'a message is posted once, at its own place': `
    SELECT m.id, m.seq, m.public_seq, array_agg(e.seq), array_agg(e.public_seq)
      FROM messages m LEFT JOIN ticket_events e ON e.message_id = m.id AND e.type = 'message.posted' GROUP BY m.id
    HAVING count(e.seq) <> 1 OR max(e.seq) <> m.seq OR max(e.public_seq) IS DISTINCT FROM m.public_seq`,
  'no event tells of a message that is not there': `
    SELECT e.* FROM ticket_events e LEFT JOIN messages m ON m.id = e.message_id AND m.ticket_id = e.ticket_id
     WHERE e.type = 'message.posted' AND m.id IS NULL`,
  'a ticket has one open call, and knows it': `
    SELECT t.id, t.active_call_id, array_agg(c.id)
      FROM tickets t LEFT JOIN calls c ON c.ticket_id = t.id AND c.status = 'active' GROUP BY t.id
    HAVING count(c.id) > 1 OR t.active_call_id IS DISTINCT FROM max(c.id::text)::uuid`,
  'only open tickets are on a call': `
    SELECT id, status, active_call_id FROM tickets
     WHERE (status = 'active_call' AND active_call_id IS NULL)
        OR (status IN ('resolved', 'closed', 'cancelled') AND active_call_id IS NOT NULL)`,
  'a call starts once and ends once': `
    SELECT c.id, c.status, count(*) FILTER (WHERE e.type = 'call.started') AS starts,
           count(*) FILTER (WHERE e.type = 'call.ended') AS ends
      FROM calls c LEFT JOIN ticket_events e ON e.call_id = c.id GROUP BY c.id
    HAVING count(*) FILTER (WHERE e.type = 'call.started') <> 1
        OR count(*) FILTER (WHERE e.type = 'call.ended') <> (c.status = 'ended')::int`,
  'every change of status is allowed and follows the one before': `
    SELECT * FROM (
      SELECT ticket_id, seq, data->>'from' AS from_status, data->>'to' AS to_status,
             coalesce(lag(data->>'to') OVER (PARTITION BY ticket_id ORDER BY seq), 'new') AS before
        FROM ticket_events WHERE type = 'ticket.status_changed') AS e
     WHERE from_status <> before OR (from_status, to_status) NOT IN (VALUES ${ALLOWED})`,
  'a ticket has the status that its log ends with': `
    SELECT t.id, t.status, e.to_status FROM tickets t LEFT JOIN LATERAL (
      SELECT data->>'to' AS to_status FROM ticket_events
       WHERE ticket_id = t.id AND type = 'ticket.status_changed' ORDER BY seq DESC LIMIT 1) AS e ON true
     WHERE t.status <> coalesce(e.to_status, 'new')`,
  'a ticket has the owner that its log ends with': `
    SELECT t.id, t.admin_id, e.owner FROM tickets t LEFT JOIN LATERAL (
      SELECT coalesce(data->>'toAdminId', data->>'to')::int AS owner FROM ticket_events
       WHERE ticket_id = t.id AND type IN ('ticket.assigned', 'ticket.transferred') ORDER BY seq DESC LIMIT 1) AS e ON true
     WHERE t.admin_id IS DISTINCT FROM e.owner`,
  'every change of owner starts from the owner before': `
    SELECT * FROM (
      SELECT ticket_id, seq, coalesce(data->>'fromAdminId', data->>'from') AS from_owner,
             lag(coalesce(data->>'toAdminId', data->>'to')) OVER (PARTITION BY ticket_id ORDER BY seq) AS before
        FROM ticket_events WHERE type IN ('ticket.assigned', 'ticket.transferred')) AS e
     WHERE from_owner IS DISTINCT FROM before`,
  'nobody takes a ticket from a colleague by accepting it': `
    SELECT ticket_id, seq, data FROM ticket_events
     WHERE type = 'ticket.assigned' AND data->>'reason' = 'accepted' AND data->>'from' IS NOT NULL`,
  'what staff owe a step has an owner': `
    SELECT id, status FROM tickets WHERE admin_id IS NULL AND status IN ('pending', 'transferred')`,
  'each transfer is told once': `
    SELECT t.id, count(e.seq) FROM ticket_transfers t
      LEFT JOIN ticket_events e ON e.ticket_id = t.ticket_id AND e.type = 'ticket.transferred'
       AND e.data->>'notes' = t.transfer_notes
     WHERE t.transfer_notes IS NOT NULL GROUP BY t.id HAVING count(e.seq) <> 1`,
  'the first response is stamped when there is one': `
    SELECT t.id, t.first_response_at, min(m.created_at) FROM tickets t
      LEFT JOIN messages m ON m.ticket_id = t.id AND m.sender_type = 'admin' AND m.message_type = 'text'
     GROUP BY t.id HAVING (t.first_response_at IS NULL) <> (count(m.id) = 0)`,
};

/** Work that somebody still owes: events not handed on, jobs not done. Empty once everything has settled. */
const OWED: Record<string, string> = {
  'an event was not handed to its reactions': `SELECT ticket_id, seq, type FROM ticket_events WHERE NOT dispatched`,
  'a job is not done': `
    SELECT name, state, retry_count, output FROM pgboss.job
     WHERE (state IN ('created', 'retry', 'active', 'failed')) AND name NOT LIKE '\\_\\_%'
       AND name NOT IN (SELECT name FROM pgboss.schedule)`,
  'a call that came with its ticket was never opened': `
    SELECT t.id, t.status FROM tickets t
      JOIN ticket_events e ON e.ticket_id = t.id AND e.seq = 1 AND e.data->>'callPending' = 'true'
     WHERE t.status NOT IN ('resolved', 'closed', 'cancelled')
       AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.ticket_id = t.id)
       AND NOT EXISTS (SELECT 1 FROM ticket_events s WHERE s.ticket_id = t.id AND s.type = 'ticket.status_changed'
                          AND s.data->>'to' IN ('resolved', 'closed', 'cancelled'))`,
};

const SHOWN = 3;

async function check(db: pg.Pool, rules: Record<string, string>): Promise<string[]> {
  const faults: string[] = [];
  for (const [rule, sql] of Object.entries(rules)) {
    const { rows } = await db.query<Record<string, unknown>>(sql);
    if (rows.length === 0) continue;
    faults.push(`${rule}: ${rows.length} × not so, e.g. ${JSON.stringify(rows.slice(0, SHOWN))}`);
  }
  return faults;
}

/** What is wrong with the database; must hold at every moment at which nobody writes. */
export function brokenInvariants(db: pg.Pool): Promise<string[]> {
  return check(db, INVARIANTS);
}

/** What still waits to be done. */
export function owedWork(db: pg.Pool): Promise<string[]> {
  return check(db, OWED);
}
