import { randomUUID } from 'node:crypto';
import type { Random } from './judge-random.js';

export type Kind =
  | 'create'
  | 'message'
  | 'reply'
  | 'note'
  | 'accept'
  | 'transfer'
  | 'start-call'
  | 'end-call'
  | 'resolve'
  | 'reopen';

/** One thing somebody wants done. Its id is what makes a retry recognisable, and what the database is searched for. */
export interface Operation {
  id: string;
  kind: Kind;
  /** `donor`, or the username of staff. */
  as: string;
  method: string;
  path: string;
  body?: Record<string, unknown>;
  /** Idempotency-Key is the id. */
  keyed: boolean;
  ticketId?: string;
  callId?: string;
  toAdminId?: number;
}

export interface Staff {
  id: number;
  username: string;
}

/** What the writers know: learned from acknowledgements only. */
export class World {
  readonly tickets: string[] = [];
  readonly calls: { id: string; ticketId: string }[] = [];

  constructor(readonly staff: readonly Staff[]) {}

  learn(op: Operation, answer: { id?: string; call?: { id: string } | null }): void {
    if (answer.id === undefined) return;
    if (op.kind === 'create') {
      this.tickets.push(answer.id);
      if (answer.call) this.calls.push({ id: answer.call.id, ticketId: answer.id });
    }
    if (op.kind === 'start-call') this.calls.push({ id: answer.id, ticketId: op.ticketId ?? '' });
  }
}

/** The one who writes all tickets here. */
const DONOR = 'donor-of-the-judge';

/** Few enough that writers meet at the same tickets, and no log grows beyond what one catch-up holds. */
const HOT_TICKETS = 12;
const HOT_CALLS = 4;

const WEIGHTS: Record<Kind, number> = {
  create: 8,
  message: 30,
  reply: 18,
  note: 8,
  accept: 9,
  transfer: 9,
  'start-call': 6,
  'end-call': 7,
  resolve: 2,
  reopen: 3,
};

/** Thinks up what a donor or a member of staff does next. */
export function nextOperation(world: World, random: Random): Operation {
  if (world.tickets.length < HOT_TICKETS / 2) return create(random);
  const kind = random.weighted(WEIGHTS);
  if (kind === 'create') return create(random);
  const ticketId = random.pick(world.tickets.slice(-HOT_TICKETS));
  const staff = random.pick(world.staff);
  if (kind === 'end-call') return endCall(world, random, staff) ?? message(ticketId);
  return onTicket(kind, ticketId, { world, random, staff });
}

interface Scene {
  world: World;
  random: Random;
  staff: Staff;
}

type TicketKind = Exclude<Kind, 'create' | 'end-call'>;

function onTicket(kind: TicketKind, ticketId: string, { world, random, staff }: Scene): Operation {
  const at = `/tickets/${ticketId}`;
  const base = { id: randomUUID(), kind, ticketId, as: staff.username, keyed: false };
  switch (kind) {
    case 'message':
      return message(ticketId);
    case 'reply':
    case 'note': {
      const path = kind === 'reply' ? `${at}/messages` : `${at}/notes`;
      const body = { content: `text ${base.id}`, clientMessageId: base.id };
      return { ...base, method: 'POST', path, body };
    }
    case 'accept':
      return { ...base, method: 'PUT', path: `${at}/assign`, body: {} };
    case 'transfer': {
      const toAdminId = random.pick(world.staff).id;
      const body = { toAdminId, transferNotes: base.id };
      return { ...base, method: 'POST', path: `${at}/transfer`, body, toAdminId, keyed: true };
    }
    case 'start-call':
      return startCall(ticketId, random.chance(0.5) ? staff.username : 'donor');
    case 'resolve':
    case 'reopen':
      return { ...base, method: 'PUT', path: `${at}/${kind}` };
  }
}

function create(random: Random): Operation {
  const id = randomUUID();
  const body = {
    donorId: DONOR,
    donorEmail: 'donor@example.org',
    subject: id,
    ...(random.chance(0.3) && { callType: 'video' }),
  };
  return { id, kind: 'create', as: 'donor', method: 'POST', path: '/tickets', body, keyed: true };
}

function message(ticketId: string): Operation {
  const id = randomUUID();
  // Without a token the body must name the donor.
  const body = { content: `text ${id}`, clientMessageId: id, senderId: DONOR };
  const path = `/tickets/${ticketId}/messages`;
  return { id, kind: 'message', ticketId, as: 'donor', method: 'POST', path, body, keyed: false };
}

function startCall(ticketId: string, as: string): Operation {
  const body = { ticketId, callType: 'audio', initiatedBy: as === 'donor' ? 'donor' : 'admin' };
  const base = { id: randomUUID(), kind: 'start-call', ticketId, as } as const;
  return { ...base, method: 'POST', path: '/calls', body, keyed: true };
}

function endCall(world: World, random: Random, staff: Staff): Operation | undefined {
  if (world.calls.length === 0) return undefined;
  const { id: callId, ticketId } = random.pick(world.calls.slice(-HOT_CALLS));
  const base = { id: randomUUID(), kind: 'end-call', ticketId, callId, as: staff.username } as const;
  return { ...base, method: 'POST', path: `/calls/${callId}/end`, keyed: false };
}
