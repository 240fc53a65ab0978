import type { CallType } from './ticket-fields.js';

/** Every line that the server writes into a thread. A new one needs parameters below, and a text on each face and on the server. */
export const SYSTEM_MESSAGE_KEYS = [
  'ticket.assigned',
  'ticket.transferred',
  'ticket.resolved',
  'ticket.closed',
  'ticket.cancelled',
  'ticket.reopened',
  'call.requested',
  'call.rejected',
  'call.cancelled',
  'call.expired',
  'call.started',
  'call.ended',
  'callback.requested',
] as const;

export type SystemMessageKey = (typeof SYSTEM_MESSAGE_KEYS)[number];

/** A line that says all by its key. */
type NoParams = Readonly<Record<string, never>>;

/** Which staff did it; nothing where a donor or the server did, and in lines of earlier versions. */
export type DoneBy = Readonly<Partial<Record<'byId' | 'byName', string>>>;

/** Who owns the ticket now; earlier versions wrote the name alone. */
export type NewOwner = DoneBy & { readonly name: string; readonly adminId?: string };

/** What each line names, all of it texts. Donors receive it too, so nothing here is for staff alone. */
interface SystemMessageParams {
  'ticket.assigned': NewOwner;
  'ticket.transferred': NewOwner;
  /** `seconds` since the ticket was opened. */
  'ticket.resolved': DoneBy & { readonly seconds?: string };
  'ticket.closed': DoneBy;
  'ticket.cancelled': DoneBy;
  'ticket.reopened': DoneBy;
  'call.requested': { mode: CallType };
  'call.rejected': NoParams;
  'call.cancelled': NoParams;
  'call.expired': NoParams;
  'call.started': { mode: CallType };
  /** `seconds` in which both sides were in it, where both were. */
  'call.ended': { readonly seconds?: string };
  'callback.requested': NoParams;
}

/** One line of a thread as key and parameters: each reader's face says it in their language and from their side. */
export type SystemMessage = {
  [K in SystemMessageKey]: { key: K; params: SystemMessageParams[K] };
}[SystemMessageKey];

/** Whether this version knows the line; a newer server may have written others, whose `content` then stands for them. */
export function isSystemMessageKey(key: string): key is SystemMessageKey {
  return SYSTEM_MESSAGE_KEYS.some((known) => known === key);
}
