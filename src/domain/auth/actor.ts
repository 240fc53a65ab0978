import type { EventActor } from '../../contract/events/event-payload.js';
import type { DelegatedRole, StaffRole } from '../../contract/roles.js';
import type { Principal } from '../../platform/http/security/principal.js';
import type { FirstStep } from './first-step.js';

/** What the bearer's token of a trusted backend says, word for word. */
export interface DelegatedAs {
  id: string;
  role: DelegatedRole;
}

/** A member of staff with a valid, unrevoked access token. */
export interface StaffActor extends Principal {
  kind: 'staff';
  id: number;
  role: StaffRole;
  username: string;
  name: string;
  avatar: string | null;
  /** Rises when something ends all of their tokens. */
  tokenVersion: number;
  /** Set for bearers of a delegated token. */
  delegated?: DelegatedAs;
  /** The login that the token comes from; missing for bearers of a delegated token. */
  loginId?: string;
  /** What they must do first; until then nothing else is open to them. */
  mustFirst?: FirstStep;
}

/** A donor session. A guest owns the tickets created in it; a verified donor those of its identity, made in any session. */
export interface DonorActor extends Principal {
  kind: 'donor';
  sessionId: string;
  /** Grows when something ends the tokens of the session. */
  tokenVersion: number;
  donorId: string;
  email: string | null;
  name: string | null;
  /** The identity that was proven (owner-key.ts); null for a guest, whose donorId and email are claims. */
  ownerKey: string | null;
  /** What they are for the trusted backend whose token they traded for this session. */
  donorRole?: DelegatedRole;
  /** Set for bearers of a delegated token. */
  delegated?: DelegatedAs;
}

/** Nobody in particular: what they may do is decided by holding a ticket's unguessable id (actor kind `link`). */
export interface LinkActor extends Principal {
  kind: 'link';
  ip: string;
}

/** Concierge itself: jobs, webhooks and timers. */
export interface SystemActor extends Principal {
  kind: 'system';
}

/** Who is asking; the first argument of every service method. */
export type Actor = StaffActor | DonorActor | LinkActor | SystemActor;

/** A member of staff as one who is asking. */
export const staffPrincipal = (id: number) => ({ kind: 'staff', key: `u:${id}` }) as const;

export const SYSTEM: SystemActor = { kind: 'system', key: 'system' };

/** How the event log names an actor; `donorId` is the ticket's, for those who come by link. */
export function eventActor(actor: Actor, ticket: { donorId: string; donorName: string | null }): EventActor {
  switch (actor.kind) {
    case 'staff':
      return { type: 'admin', id: String(actor.id), name: actor.name, avatar: actor.avatar };
    case 'donor':
    case 'link':
      return {
        type: 'donor',
        id: ticket.donorId,
        ...(ticket.donorName !== null && { name: ticket.donorName }),
        ...(actor.kind === 'link' && { via: 'link' as const }),
      };
    case 'system':
      return { type: 'system', id: null };
  }
}

declare module 'express-serve-static-core' {
  interface Request {
    actor?: Actor;
  }
}
