import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** How many tickets `fillWithTickets` writes: of guests, mailboxes and people of a backend, each with several. */
export const TICKETS = 100_000;

const SESSION = `('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid`;

/**
 * Of ten: five tickets of guests, each in a session of its own, one of which an identity has taken over; one in the session of
 * the guest before, under a mailbox that somebody has proven; one of a proven mailbox, one of a person whom a backend knows, one
 * that staff have opened for somebody, and one that staff have opened for themselves.
 */
const KIND = `
  SELECT n, n % 10 AS kind, 'reader' || n / 10 % 3000 || '@mail.test' AS mailbox, 'jwt:shop:' || n / 10 % 2000 AS person
    FROM generate_series(1, $1::int) AS n`;

const SESSIONS = `
  WITH k AS (${KIND})
  INSERT INTO donor_sessions (id, donor_id, email, name, token_hash, owner_key, issuer, verified_at, last_seen_at)
  SELECT ${SESSION}, 'donor-' || n, CASE kind WHEN 6 THEN mailbox ELSE 'guest' || n || '@mail.test' END, 'Name ' || n,
         CASE WHEN kind <> 7 THEN sha256(n::text::bytea) END,
         CASE kind WHEN 6 THEN 'mail:' || mailbox WHEN 7 THEN person END, CASE kind WHEN 7 THEN 'shop' END,
         CASE WHEN kind IN (6, 7) THEN now() END, now() - n * interval '1 second'
    FROM k WHERE kind <= 4 OR (kind IN (6, 7) AND n % 3 > 0)`;

const TICKET_ROWS = `
  WITH k AS (${KIND})
  INSERT INTO tickets (id, number, donor_id, donor_email, donor_name, donor_session_id, owner_key, proven_email, subject, status)
  SELECT gen_random_uuid(), 'TKT-20250101-' || lpad(n::text, 7, '0'), 'donor-' || n,
         CASE WHEN kind IN (5, 6) THEN mailbox ELSE 'guest' || n || '@mail.test' END, 'Name ' || n,
         (SELECT id FROM donor_sessions s WHERE s.id = CASE kind WHEN 5 THEN ${SESSION.replace('n::', '(n - 1)::')} ELSE ${SESSION} END),
         CASE kind WHEN 3 THEN 'mail:' || mailbox WHEN 6 THEN 'mail:' || mailbox WHEN 7 THEN person WHEN 9 THEN 'staff:' || n % 20 END,
         CASE WHEN kind IN (3, 6) THEN mailbox END, 'About ' || n, 'new'
    FROM k`;

/** Those of tickets that are no constraint's. */
const INDEXES = `
  SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
   WHERE indrelid = 'tickets'::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)`;

/** Writes TICKETS tickets and their sessions, as the version before donors leaves them. Indexes come last: they are faster built than kept. */
export async function fillWithTickets(db: pg.ClientBase): Promise<void> {
  const { rows: indexes } = await db.query<{ name: string; definition: string }>(INDEXES);
  for (const { name } of indexes) await db.query(`DROP INDEX ${name}`);
  await db.query(SESSIONS, [TICKETS]);
  await db.query(TICKET_ROWS, [TICKETS]);
  for (const { definition } of indexes) await db.query(definition);
  await db.query('ANALYZE tickets, donor_sessions');
}

/** What the version before donors writes: it knows no column of theirs. */
export class EarlierNode {
  constructor(private readonly db: pg.ClientBase | pg.Pool) {}

  /** A guest's first ticket, with the session that starts with it. */
  async openAsGuest(email: string): Promise<{ id: string; sessionId: string }> {
    const guest = { id: randomUUID(), sessionId: randomUUID() };
    await this.db.query(
      `WITH s AS (
         INSERT INTO donor_sessions (id, donor_id, email, token_hash) VALUES ($2::uuid, 'guest', $3, sha256($2::uuid::text::bytea))
       ), t AS (
         INSERT INTO tickets (id, donor_id, donor_email, donor_session_id) VALUES ($1::uuid, 'guest', $3, $2::uuid) RETURNING *
       )
       SELECT id FROM t`,
      [guest.id, guest.sessionId, email],
    );
    return guest;
  }

  /** A ticket of somebody whom a backend vouches for, or of a proven mailbox. */
  async openAs(ownerKey: string, sessionId: string | null): Promise<string> {
    const id = randomUUID();
    await this.db.query(
      `INSERT INTO tickets (id, donor_id, donor_session_id, owner_key) VALUES ($1, 'known', $2, $3)`,
      [id, sessionId, ownerKey],
    );
    return id;
  }

  /** The session that stands for a backend's tokens. */
  async admit(ownerKey: string, sessionId: string): Promise<void> {
    await this.db.query(
      `INSERT INTO donor_sessions (id, donor_id, email, owner_key, verified_at) VALUES ($1, 'known', 'known@shop.test', $2, now())
       ON CONFLICT (id) DO UPDATE SET owner_key = excluded.owner_key, email = excluded.email, last_seen_at = now()`,
      [sessionId, ownerKey],
    );
  }

  /** An identity takes a guest's ticket over. */
  async upgrade(id: string, ownerKey: string): Promise<void> {
    await this.db.query(`UPDATE tickets SET owner_key = $2, version = version + 1 WHERE id = $1`, [
      id,
      ownerKey,
    ]);
  }

  /** A message is written. */
  async touch(id: string): Promise<number | null> {
    const { rowCount } = await this.db.query(
      `UPDATE tickets SET last_seq = last_seq + 1, updated_at = clock_timestamp() WHERE id = $1`,
      [id],
    );
    return rowCount;
  }

  /** Deletes a ticket and its session. */
  async erase({ id, sessionId }: { id: string; sessionId: string }): Promise<void> {
    await this.db.query('DELETE FROM tickets WHERE id = $1', [id]);
    await this.db.query('DELETE FROM donor_sessions WHERE id = $1', [sessionId]);
  }
}
