import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { TICKET_CATEGORIES, type CallType } from '../src/contract/ticket-fields.js';
import { boardCounts, boardTickets } from '../src/domain/tickets/reading/dashboard.queries.js';
import { COUNT_BOUND, countTickets, listTickets } from '../src/domain/tickets/reading/ticket-list.queries.js';
import {
  insertTicket,
  type NewCallColumns,
  type NewRing,
  type NewTicket,
} from '../src/domain/desk/ticket-intake.queries.js';
import { readTicket } from '../src/domain/tickets/tickets.queries.js';
import { postAsDonor, postAsStaff } from '../src/domain/messages/messages.queries.js';
import { statementOf, type Statement } from './statement.js';

const PAGE = { sort: '-updatedAt', limit: 21, offset: 0, after: null } as const;
const STAFF = { id: 2, name: 'Admin' };
const SCOPE = { own: STAFF.id, withUnassigned: true };

/** The body of a new ticket, the same for all contenders. */
export const NEW_TICKET = {
  donorId: 'donor-of-the-bench',
  donorEmail: 'donor@bench.test',
  donorName: 'Bench Donor',
  channel: 'widget' as const,
  subject: 'My donation has not arrived',
  description: 'I gave 50 on Monday and my account says nothing about it. Can you please have a look?',
  category: TICKET_CATEGORIES[0],
};
export const CONTENT =
  'Thank you, I have found the receipt. It says 50, but I gave 75. What should I do now?';

function sampleTicket(callType: CallType | null): NewTicket {
  return {
    ...NEW_TICKET,
    provenEmail: null,
    provenName: null,
    donorRole: null,
    id: '00000000-0000-4000-8000-000000000001',
    priority: 'medium',
    callType,
    context: {},
    actorType: 'donor',
    actorId: NEW_TICKET.donorId,
    data: {
      subject: NEW_TICKET.subject,
      category: NEW_TICKET.category,
      priority: 'medium',
      callType,
      status: 'new',
      callPending: false,
    },
    dispatched: true,
  };
}

const sealed = 'v1.'.padEnd(160, 'x');
const SAMPLE_CALL: NewCallColumns = {
  id: '00000000-0000-4000-8000-000000000002',
  provider: 'direct',
  roomName: 'a room',
  dailyRoomUrl: 'a room’s address',
  initiatedBy: 'donor',
  sealedUserToken: sealed,
  tokensExpireAt: new Date(Date.now() + 3_600_000),
  data: { callType: 'video', initiatedBy: 'donor' },
  dispatched: true,
};

const RING_ID = '00000000-0000-4000-8000-000000000004';
const RING: NewRing = {
  id: RING_ID,
  expiresAt: new Date(Date.now() + 120_000),
  data: { requestId: RING_ID, mode: 'video', message: null, expiresAt: new Date().toISOString() },
  dispatched: true,
};

function insertion(name: string, call: NewCallColumns | null): Promise<Statement> {
  const ticket = sampleTicket(call === null ? null : 'video');
  const session = { id: '00000000-0000-4000-8000-000000000003', tokenHash: new Uint8Array(32) };
  const slots = {
    id: ticket.id,
    sessionId: session.id,
    tokenHash: session.tokenHash,
    ...(call !== null && {
      ringId: RING.id,
      callId: call.id,
      roomName: call.roomName,
      roomUrl: call.dailyRoomUrl,
    }),
  };
  const ring = call === null ? null : RING;
  return statementOf(name, slots, (db) => insertTicket(db, ticket, session, { call, ring, callback: null }));
}

const POST = {
  ticketId: '00000000-0000-4000-8000-000000000001',
  messageId: '00000000-0000-4000-8000-000000000002',
  content: CONTENT,
  clientMessageId: null,
  dispatched: true,
  statusDispatched: true,
  channel: 'widget' as const,
  via: null,
};
const SESSION = '00000000-0000-4000-8000-000000000003';

/** What the baselines do for each route; no validation, no authorisation, no mapping of rows. */
export type Operations = Awaited<ReturnType<typeof createOperations>>;

export async function createOperations(pool: pg.Pool) {
  const { ticketId, messageId } = POST;
  const text = await insertion('create', null);
  const call = await insertion('create_call', SAMPLE_CALL);
  const donorPost = await statementOf('donor', { ticketId, messageId, sessionId: SESSION }, (db) =>
    postAsDonor(db, POST, { sessionId: SESSION }, null),
  );
  const staffPost = await statementOf('staff', { ticketId, messageId }, (db) => postAsStaff(db, POST, STAFF));
  const one = await statementOf('read', { id: ticketId }, (db) => readTicket(db, ticketId));
  const filter = { searchNotes: true };
  const list = await statementOf('list', {}, (db) => listTickets(db, filter, PAGE));
  const count = await statementOf('count', {}, (db) => countTickets(db, filter, COUNT_BOUND + 1));
  const board = await statementOf('board', {}, (db) => boardTickets(db, SCOPE, 50));
  const counts = await statementOf('counts', {}, (db) => boardCounts(db, SCOPE, 1_001));

  const rows = async ({ name, text: sql, bind }: Statement, fresh: Record<string, unknown> = {}) =>
    (await pool.query<Record<string, unknown>>({ name, text: sql, values: bind(fresh) })).rows;

  return {
    createTicket: async () => {
      const token = randomBytes(32).toString('base64url');
      const [ticket] = await rows(text, { ...newSession(token), id: randomUUID() });
      return { ...ticket, donorToken: token };
    },
    createTicketWithCall: async () => {
      const token = randomBytes(32).toString('base64url');
      const room = randomUUID();
      const places = {
        callId: randomUUID(),
        ringId: randomUUID(),
        roomName: room,
        roomUrl: `https://bench.test/call/${room}`,
      };
      const [ticket] = await rows(call, { ...newSession(token), ...places, id: randomUUID() });
      return { ...ticket, call: places, donorToken: token };
    },
    postAsDonor: async (id: string, sessionId: string) => {
      const message = randomUUID();
      const [posted] = await rows(donorPost, { ticketId: id, messageId: message, sessionId });
      return { id: message, ...posted, content: CONTENT };
    },
    postAsStaff: async (id: string) => {
      const message = randomUUID();
      const [posted] = await rows(staffPost, { ticketId: id, messageId: message });
      return { id: message, ...posted, content: CONTENT };
    },
    readTicket: async (id: string) => (await rows(one, { id }))[0],
    listTickets: async () => {
      const [tickets, total] = await Promise.all([rows(list), rows(count)]);
      return { tickets: tickets.slice(0, 20), total: total[0]?.['count'] };
    },
    dashboard: async () => {
      const [tickets, totals] = await Promise.all([rows(board), rows(counts)]);
      const ids = tickets.filter((t) => t['status'] === 'active_call').map((t) => t['id']);
      const calls = await pool.query({
        name: 'calls',
        text: `SELECT id, ticket_id, status, call_type, initiated_by, daily_room_url, started_at FROM calls WHERE ticket_id = ANY($1::uuid[]) AND status = 'active'`,
        values: [ids],
      });
      return { tickets, totals, calls: calls.rows };
    },
  };
}

function newSession(token: string): { sessionId: string; tokenHash: Buffer } {
  return { sessionId: randomUUID(), tokenHash: createHash('sha256').update(token).digest() };
}
