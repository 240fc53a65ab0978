import type pg from 'pg';
import type { Entry, Witnessed } from './judge-journal.js';
import type { Kind, Operation } from './judge-operations.js';

/** Everything the database holds that somebody was promised. */
interface Stored {
  tickets: Map<string, { id: string; number: string }[]>;
  messages: Map<
    string,
    { id: string; ticketId: string; seq: number; publicSeq: number | null; content: string }[]
  >;
  transfers: Map<string, { id: string }[]>;
  endedCalls: Map<string, string>;
  /** `ticket type detail`, for looking up what happened. */
  events: Set<string>;
}

function groupBy<T>(rows: T[], keyOf: (row: T) => string | null): Map<string, T[]> {
  return Map.groupBy(
    rows.filter((row) => keyOf(row) !== null),
    (row) => keyOf(row) ?? '',
  );
}

async function load(db: pg.Pool): Promise<Stored> {
  const rows = async <T extends pg.QueryResultRow>(sql: string): Promise<T[]> =>
    (await db.query<T>(sql)).rows;
  const tickets = await rows<{ id: string; number: string; subject: string }>(
    'SELECT id, number, subject FROM tickets',
  );
  const messages = await rows<{
    id: string;
    ticketId: string;
    seq: number;
    publicSeq: number | null;
    content: string;
    key: string | null;
  }>(
    `SELECT id, ticket_id AS "ticketId", seq, public_seq AS "publicSeq", content, client_message_id AS key FROM messages`,
  );
  const transfers = await rows<{ id: string; key: string | null }>(
    'SELECT id, transfer_notes AS key FROM ticket_transfers',
  );
  const calls = await rows<{ id: string; status: string }>('SELECT id, status FROM calls');
  const events = await rows<{ what: string }>(
    `SELECT DISTINCT concat_ws(' ', ticket_id, type, coalesce(data->>'toAdminId', data->>'to')) AS what FROM ticket_events`,
  );
  return {
    tickets: groupBy(tickets, (row) => row.subject),
    messages: groupBy(messages, (row) => row.key),
    transfers: groupBy(transfers, (row) => row.key),
    endedCalls: new Map(calls.map(({ id, status }) => [id, status])),
    events: new Set(events.map(({ what }) => what)),
  };
}

type Check = (op: Operation, answer: Witnessed, stored: Stored) => string | undefined;

function exactly(rows: readonly { id: string }[] | undefined, id: string | undefined): string | undefined {
  if (rows?.length !== 1) return `is stored ${rows?.length ?? 0} times`;
  return id !== undefined && rows[0]?.id !== id ? `is stored as ${rows[0]?.id}, not ${id}` : undefined;
}

function checkMessage(op: Operation, answer: Witnessed, { messages }: Stored): string | undefined {
  const rows = messages.get(op.id);
  const [row] = rows ?? [];
  const fault = exactly(rows, answer.id);
  if (fault !== undefined || row === undefined) return fault;
  const seq = op.as === 'donor' ? row.publicSeq : row.seq;
  if (seq !== answer.seq) return `has the place ${seq}, not ${answer.seq}`;
  if (row.ticketId !== op.ticketId) return `is on ticket ${row.ticketId}`;
  return row.content === op.body?.['content'] ? undefined : `says "${row.content}"`;
}

function happened(type: string): Check {
  return ({ ticketId }, _, { events }) =>
    events.has(`${ticketId} ${type}`) ? undefined : `left no ${type} on ${ticketId}`;
}

/** How an acknowledgement of each kind is held against the database. */
const CHECKS: Record<Kind, Check> = {
  create: (op, { id, number }, { tickets }) => {
    const rows = tickets.get(op.id);
    const fault = exactly(rows, id);
    return fault ?? (rows?.[0]?.number === number ? undefined : `has the number ${rows?.[0]?.number}`);
  },
  message: checkMessage,
  reply: checkMessage,
  note: checkMessage,
  accept: ({ ticketId }, { adminId }, { events }) =>
    ['ticket.assigned', 'ticket.transferred'].some((type) => events.has(`${ticketId} ${type} ${adminId}`))
      ? undefined
      : `never made ${adminId} the owner of ${ticketId}`,
  transfer: (op, _, { transfers }) => exactly(transfers.get(op.id), undefined),
  'start-call': (_, { id }, { endedCalls }) =>
    id !== undefined && endedCalls.has(id) ? undefined : `left no call ${id}`,
  'end-call': ({ callId }, _, { endedCalls }) =>
    callId !== undefined && endedCalls.get(callId) === 'ended' ? undefined : `left call ${callId} open`,
  resolve: happened('ticket.status_changed resolved'),
  reopen: happened('ticket.status_changed pending'),
};

/** What the journal was promised and the database does not hold, or holds twice. */
export async function brokenPromises(db: pg.Pool, entries: readonly Entry[]): Promise<string[]> {
  const stored = await load(db);
  const ops = new Map(entries.flatMap((entry) => (entry.what === 'sent' ? [[entry.op.id, entry.op]] : [])));
  const found = new Map(entries.flatMap((entry) => (entry.what === 'found' ? [[entry.op, entry.rows]] : [])));
  const faults: string[] = [];
  for (const entry of entries) {
    if (entry.what !== 'acked') continue;
    const op = ops.get(entry.op);
    if (op === undefined) throw new Error(`The journal has an answer to ${entry.op}, which nobody sent.`);
    const before = found.get(op.id)?.[0];
    const fault = CHECKS[op.kind](op, entry.answer, stored) ?? compareWithFound(op, before, entry.answer);
    if (fault !== undefined) faults.push(`acknowledged ${op.kind} ${op.id} ${fault}`);
  }
  return [...faults, ...doubled(entries), ...madeTwice(ops, stored)];
}

/** A retry gives what the first try had made. */
function compareWithFound(op: Operation, before: string | undefined, { id }: Witnessed): string | undefined {
  if (before === undefined || op.kind === 'transfer' || before === id) return undefined;
  return `had been stored as ${before} before the retry gave ${id}`;
}

function doubled(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry) =>
    entry.what === 'found' && entry.rows.length > 1
      ? [`${entry.op} is stored as ${entry.rows.join(', ')}`]
      : [],
  );
}

/** Whatever became of it: nothing may be there twice. */
function madeTwice(ops: ReadonlyMap<string, Operation>, { tickets, messages, transfers }: Stored): string[] {
  return [...ops.values()].flatMap(({ id, kind }) => {
    const rows = [tickets, messages, transfers].flatMap((table) => [...(table.get(id) ?? [])]);
    return rows.length > 1 ? [`${kind} ${id} is stored ${rows.length} times`] : [];
  });
}

const SEARCHES: Partial<Record<Kind, string>> = {
  create: 'SELECT id FROM tickets WHERE subject = $1',
  message: 'SELECT id FROM messages WHERE client_message_id = $1',
  reply: 'SELECT id FROM messages WHERE client_message_id = $1',
  note: 'SELECT id FROM messages WHERE client_message_id = $1',
  transfer: 'SELECT id FROM ticket_transfers WHERE transfer_notes = $1',
};

/** The rows that an unanswered operation has left; undefined for those that leave none of their own. */
export async function findRows(db: pg.Pool, op: Operation): Promise<string[] | undefined> {
  const sql = SEARCHES[op.kind];
  if (sql === undefined) return undefined;
  const { rows } = await db.query<{ id: string }>(sql, [op.id]);
  return rows.map(({ id }) => id);
}
