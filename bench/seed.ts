import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { newDonorToken } from '../src/domain/donors/sessions/donor-token.js';

/** A ticket with a donor session of its own. */
export interface OwnTicket {
  id: string;
  sessionId: string;
  token: string;
}

export interface Seeded {
  /** Open, unowned, one donor each: donors write here. */
  donors: OwnTicket[];
  /** Open and owned by `admin`: staff write here. */
  owned: string[];
  /** Any ticket: staff read here. */
  any: string[];
}

const SAMPLE = 1_000;
/** Each asks the database again who it is only every 3 s, as people who are in a conversation do. */
const DONORS = 250;
/** Of each hundred tickets: how many are in which state, and whether they have an owner. */
const STATUS = `CASE WHEN n % 100 < 3 THEN 'new' WHEN n % 100 < 6 THEN 'pending' WHEN n % 100 < 8 THEN 'waiting_for_donor'
  WHEN n % 1000 = 8 THEN 'active_call' WHEN n % 100 < 10 THEN 'transferred' WHEN n % 100 < 50 THEN 'resolved' ELSE 'closed' END`;
const WORDS = `(ARRAY['receipt','monthly','card','transfer','campaign','refund','address','newsletter','gift','tax'])[1 + n % 10]`;

const TICKETS = `
  INSERT INTO tickets (id, number, donor_id, donor_email, donor_name, subject, description, category, status, admin_id, tags,
                       last_seq, last_public_seq, created_at, updated_at, closed_at, waiting_since)
  SELECT gen_random_uuid(), 'TKT-20250101-' || lpad(n::text, 7, '0'), 'donor-' || n % 5000, 'donor' || n % 5000 || '@bench.test',
         'Donor ' || n % 5000, 'About my donation, ' || ${WORDS},
         'My donation of ' || n % 500 || ' has not arrived, ' || ${WORDS} || CASE WHEN n % 1000 = 0 AND n <= 10000 THEN ' zebra' ELSE '' END,
         'donation', ${STATUS}, CASE WHEN n % 100 < 3 THEN NULL ELSE 1 + n % 2 END, ARRAY[${WORDS}], 3, 3,
         now() - n * interval '30 seconds', now() - n * interval '30 seconds' + interval '10 seconds',
         CASE WHEN n % 100 >= 50 THEN now() END,
         CASE WHEN n % 100 < 10 AND n % 100 NOT IN (6, 7) THEN now() - n * interval '30 seconds' END
    FROM generate_series($1::int, $2::int) AS n`;
/** As guests leave them: with a handful of rows PostgreSQL would check the foreign key by reading all of them. */
const SESSIONS = `
  WITH s AS (
    INSERT INTO donor_sessions (id, donor_id, email, name, token_hash)
    SELECT id, donor_id, donor_email, donor_name, sha256(number::bytea) FROM tickets RETURNING id)
  UPDATE tickets t SET donor_session_id = s.id FROM s WHERE t.id = s.id`;
const MESSAGES = `
  INSERT INTO messages (id, ticket_id, seq, public_seq, sender_id, sender_type, sender_name, content, created_at, updated_at)
  SELECT gen_random_uuid(), t.id, s, s, t.donor_id, 'donor', t.donor_name,
         'Can you please look at my donation? ' || t.subject, t.created_at, t.created_at
    FROM tickets t, generate_series(2, $1::int) AS s WHERE t.number LIKE 'TKT-20250101-%'`;
const EVENTS = `
  INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, message_id, created_at)
  SELECT t.id, 1, 1, 'ticket.created', 'donor', t.donor_id, NULL::uuid, t.created_at FROM tickets t WHERE t.number LIKE 'TKT-20250101-%'
  UNION ALL
  SELECT m.ticket_id, m.seq, m.public_seq, 'message.posted', 'donor', m.sender_id, m.id, m.created_at FROM messages m`;
const CALLS = `
  WITH c AS (
    INSERT INTO calls (id, ticket_id, provider, room_name, daily_room_url, call_type, initiated_by, user_token, tokens_expire_at)
    SELECT gen_random_uuid(), id, 'direct', 'room-' || number, 'https://desk.bench.test/call/' || number, 'video', 'donor', 'x', now() + interval '1 day'
      FROM tickets WHERE status = 'active_call' RETURNING id, ticket_id)
  UPDATE tickets t SET active_call_id = c.id FROM c WHERE t.id = c.ticket_id`;

const BATCH = 100_000;

/** Adds tickets with two messages each and their log; beyond 100,000 one message, and no log, which no question reads. */
export async function seedTickets(pool: pg.Pool, rows: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SET statement_timeout = 0');
    for (let first = 1; first <= rows; first += BATCH) {
      await client.query(TICKETS, [first, Math.min(rows, first + BATCH - 1)]);
    }
    await client.query(MESSAGES, [rows > 100_000 ? 2 : 3]);
    if (rows <= 100_000) {
      await client.query(SESSIONS);
      await client.query(EVENTS);
    }
    await client.query(CALLS);
    await client.query('VACUUM ANALYZE');
  } finally {
    client.release(true);
  }
}

/** Picks the tickets that the bench works on; gives the donors' ones sessions. */
export async function pickTickets(pool: pg.Pool): Promise<Seeded> {
  const ids = async (condition: string, most = SAMPLE) => {
    const { rows } = await pool.query<{ id: string }>(
      `SELECT id FROM tickets WHERE ${condition} ORDER BY md5(number) LIMIT ${most}`,
    );
    return rows.map(({ id }) => id);
  };
  const donors = await Promise.all(
    (await ids(`status IN ('new', 'pending')`, DONORS)).map((id) => own(pool, id)),
  );
  return {
    donors,
    owned: await ids(`status IN ('waiting_for_donor', 'transferred') AND admin_id = 2`),
    any: await ids(`status <> 'active_call'`),
  };
}

async function own(pool: pg.Pool, id: string): Promise<OwnTicket> {
  const { token, hash } = newDonorToken();
  const sessionId = randomUUID();
  await pool.query(
    `WITH s AS (INSERT INTO donor_sessions (id, donor_id, token_hash) SELECT $1, donor_id, $2 FROM tickets WHERE id = $3)
     UPDATE tickets SET donor_session_id = $1 WHERE id = $3`,
    [sessionId, hash, id],
  );
  return { id, sessionId, token };
}
