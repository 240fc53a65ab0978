import { randomUUID } from 'node:crypto';
import type { ActorType, DelegatedRole } from '../../contract/roles.js';
import type { CallType, Channel, Priority } from '../../contract/ticket-fields.js';
import type { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { donorOfSession, updateLocale, writeGuestDonor, writeProvenDonor } from '../donors/donors.queries.js';
import { localeFactsOf, type LocaleFacts } from '../donors/locale-facts.js';
import { GUEST_IDLE_DAYS } from '../donors/sessions/donor-session-life.js';
import type { NewMessage, TicketRow } from '../event-log/rows.js';
import { TICKET_COLUMNS } from '../event-log/ticket.columns.js';
import type { StoredData } from '../event-log/ticket-event.js';

export interface NewTicket {
  id: string;
  donorId: string;
  donorEmail: string | null;
  provenEmail: string | null;
  provenName: string | null;
  donorName: string | null;
  donorRole: DelegatedRole | null;
  channel: Channel;
  subject: string | null;
  description: string | null;
  category: string | null;
  priority: Priority;
  callType: CallType | null;
  context: Prisma.JsonObject;
  actorType: ActorType;
  actorId: string;
  /** The event's facts; the number is added in the database. */
  data: Omit<StoredData<'ticket.created'>, 'number'>;
  dispatched: boolean;
}

/** A guest's session that starts with the ticket. */
export interface NewSession {
  id: string;
  tokenHash: Uint8Array<ArrayBuffer>;
}

/** In which session a ticket is opened, if in one, and by which proven identity. */
export interface Opener {
  id: string | null;
  ownerKey: string | null;
}

export interface NewCallColumns {
  id: string;
  provider: string;
  roomName: string;
  dailyRoomUrl: string;
  initiatedBy: string;
  sealedUserToken: string;
  tokensExpireAt: Date;
  /** The event's facts; the time of the start is added in the database. */
  data: Omit<StoredData<'call.started'>, 'startedAt'>;
  dispatched: boolean;
}

/** The donor's wish for a call that rings from the start. */
export interface NewRing {
  id: string;
  expiresAt: Date;
  /** The event's facts. */
  data: StoredData<'call.requested'>;
  dispatched: boolean;
}

/** The callback that the ticket is opened with. */
export interface NewCallback {
  dueAt: Date;
  phone: string | null;
  /** The event's facts. */
  data: StoredData<'ticket.updated'>;
  dispatched: boolean;
  /** What the thread says of it, and whether nobody waits for that. */
  line: NewMessage | null;
  lineDispatched: boolean;
}

/** What else a new ticket starts with. */
export interface Extras {
  call: NewCallColumns | null;
  ring: NewRing | null;
  /** Never beside the others. */
  callback: NewCallback | null;
}

/**
 * Creates a ticket in one statement: a guest's session when one is given, the call when its room needs no network, the
 * request for a call that rings or the callback, the person's row where there is none, the ticket with its number, and the first rows of its log.
 */
export async function insertTicket(
  db: Database,
  ticket: NewTicket,
  session: NewSession | Opener,
  { call, ring, callback }: Extras,
): Promise<TicketRow> {
  const events = 1 + [call, ring, callback, callback?.line ?? null].filter((part) => part !== null).length;
  // What staff are to read of it: the ticket itself, or the wish for a call behind it.
  const newsAt = ticket.actorType !== 'donor' ? 0 : ring === null ? 1 : events;
  const facts = localeFactsOf(ticket.context);
  const [row] = await db.query<TicketRow>(Prisma.sql`
    WITH d AS (${donorCte(ticket, session, facts)}), ${localeCte(session, facts)}
    ${'tokenHash' in session ? sessionCte(ticket, session) : Prisma.empty}
    t AS (
      INSERT INTO tickets (id, donor_uuid, donor_id, donor_email, donor_name, donor_role, donor_session_id, owner_key,
                           proven_email, proven_name, channel, subject, description,
                           category, priority, call_requested, call_type, active_call_id,
                           callback_due_at, callback_phone, context, last_seq, last_public_seq, last_donor_seq)
      VALUES (${ticket.id}::uuid, (SELECT id FROM d), ${ticket.donorId}, ${ticket.donorEmail}, ${ticket.donorName}, ${ticket.donorRole}, ${session.id}::uuid,
              ${'ownerKey' in session ? session.ownerKey : null}, ${ticket.provenEmail}, ${ticket.provenName}, ${ticket.channel}, ${ticket.subject}, ${ticket.description},
              ${ticket.category}, ${ticket.priority},
              ${ticket.callType !== null}, ${ticket.callType}, ${call?.id ?? null}::uuid,
              ${callback?.dueAt ?? null}::timestamptz, ${callback?.phone ?? null}, ${JSON.stringify(ticket.context)}::jsonb, ${events}::int, ${events}::int, ${newsAt}::int)
      RETURNING *
    ), ${call === null ? Prisma.empty : callCte(ticket, call)}
    ${ring === null ? Prisma.empty : ringCte(ticket, ring, { seq: events, callId: call?.id ?? null })}
    ${callback === null ? Prisma.empty : callbackCte(ticket, callback)}
    e AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, data, dispatched)
      SELECT t.id, 1, 1, 'ticket.created', ${ticket.actorType}, ${ticket.actorId},
             ${JSON.stringify(ticket.data)}::jsonb || jsonb_build_object('number', t.number), ${ticket.dispatched}
        FROM t
    )
    SELECT ${TICKET_COLUMNS} FROM t`);
  if (row === undefined) throw new Error(`the statement has not returned ticket ${ticket.id}`);
  return row;
}

/** Whose ticket it is. Staff who open one for themselves have no session, nor has whom they open one for. */
function donorCte(ticket: NewTicket, session: NewSession | Opener, facts: LocaleFacts): Prisma.Sql {
  const { donorEmail: email, donorName: name, provenEmail, provenName } = ticket;
  if ('tokenHash' in session) return writeGuestDonor({ id: session.id, email, name, ...facts });
  const { id, ownerKey } = session;
  if (id !== null) return donorOfSession(id);
  if (ownerKey !== null)
    return writeProvenDonor({ ownerKey, email: provenEmail, name: provenName, ...facts });
  return writeGuestDonor({ id: randomUUID(), email, name, ...facts });
}

/** The language and zone of a ticket in a session that was there before. */
function localeCte(session: NewSession | Opener, facts: LocaleFacts): Prisma.Sql {
  if ('tokenHash' in session || session.id === null) return Prisma.empty;
  if (facts.locale === null && facts.timeZone === null) return Prisma.empty;
  return Prisma.sql`l AS (${updateLocale(Prisma.sql`SELECT id FROM d`, facts)}),`;
}

function sessionCte(ticket: NewTicket, session: NewSession): Prisma.Sql {
  return Prisma.sql`
    s AS (
      INSERT INTO donor_sessions (id, donor_uuid, donor_id, email, name, token_hash, expires_at)
      SELECT ${session.id}::uuid, d.id, ${ticket.donorId}, ${ticket.donorEmail}, ${ticket.donorName}, ${session.tokenHash},
              now() + ${GUEST_IDLE_DAYS}::int * interval '1 day'
        FROM d
    ),`;
}

/** As JavaScript prints a Date. */
const CREATED_AT_ISO = Prisma.raw(
  `to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
);

function callCte(ticket: NewTicket, call: NewCallColumns): Prisma.Sql {
  return Prisma.sql`
    c AS (
      INSERT INTO calls (id, ticket_id, provider, room_name, daily_room_url, call_type, initiated_by, user_token,
                         tokens_expire_at)
      SELECT ${call.id}::uuid, t.id, ${call.provider}, ${call.roomName}, ${call.dailyRoomUrl}, ${ticket.callType},
             ${call.initiatedBy}, ${call.sealedUserToken}, ${call.tokensExpireAt}
        FROM t
    ), ce AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, call_id, data, dispatched)
      SELECT t.id, 2, 2, 'call.started', ${ticket.actorType}, ${ticket.actorId}, ${call.id}::uuid,
             ${JSON.stringify(call.data)}::jsonb || jsonb_build_object('startedAt', ${CREATED_AT_ISO}), ${call.dispatched}
        FROM t
    ),`;
}

function ringCte(
  ticket: NewTicket,
  ring: NewRing,
  place: { seq: number; callId: string | null },
): Prisma.Sql {
  return Prisma.sql`
    r AS (
      INSERT INTO call_requests (id, ticket_id, mode, call_id, expires_at)
      SELECT ${ring.id}::uuid, t.id, ${ticket.callType}, ${place.callId}::uuid, ${ring.expiresAt} FROM t
    ), re AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, call_id, data, dispatched)
      SELECT t.id, ${place.seq}::int, ${place.seq}::int, 'call.requested', ${ticket.actorType}, ${ticket.actorId},
             ${place.callId}::uuid, ${JSON.stringify(ring.data)}::jsonb, ${ring.dispatched}
        FROM t
    ),`;
}

function callbackCte(ticket: NewTicket, { data, dispatched, line, lineDispatched }: NewCallback): Prisma.Sql {
  const lineCte = line === null ? Prisma.empty : callbackLineCte(ticket, line, lineDispatched);
  return Prisma.sql`
    be AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, data, dispatched)
      SELECT t.id, 2, 2, 'ticket.updated', ${ticket.actorType}, ${ticket.actorId}, ${JSON.stringify(data)}::jsonb, ${dispatched}
        FROM t
    ),${lineCte}`;
}

function callbackLineCte(ticket: NewTicket, line: NewMessage, dispatched: boolean): Prisma.Sql {
  return Prisma.sql`
    m AS (
      INSERT INTO messages (id, ticket_id, seq, public_seq, sender_id, sender_type, content, message_type, channel,
                            system_key, system_params, created_at, updated_at)
      SELECT ${line.id}::uuid, t.id, 3, 3, ${line.senderId}, ${line.senderType}, ${line.content}, ${line.messageType}, ${line.channel},
             ${line.system?.key}, ${JSON.stringify(line.system?.params)}::jsonb, t.created_at, t.created_at
        FROM t
    ), me AS (
      INSERT INTO ticket_events (ticket_id, seq, public_seq, type, actor_type, actor_id, message_id, data, dispatched)
      SELECT t.id, 3, 3, 'message.posted', ${ticket.actorType}, ${ticket.actorId}, ${line.id}::uuid, '{}'::jsonb, ${dispatched}
        FROM t
    ),`;
}
