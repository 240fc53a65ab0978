import type {
  EventActor,
  StaffEventPayload,
  TicketEventPayload,
} from '../../contract/events/event-payload.js';
import { PUBLIC_DATA } from '../../contract/events/public-data.js';
import { toMessagePayload, toStaffMessagePayload } from './message-payload.js';
import { isAboutMessage, type TicketEvent } from './ticket-event.js';

export type Audience = 'staff' | 'donor';

/** PUBLIC_DATA as it is read: of types that a newer process has written it knows nothing. */
const PUBLIC_FIELDS: Readonly<
  Record<string, Readonly<Record<string, true | readonly string[]>> | undefined>
> = PUBLIC_DATA;

/**
 * An event as it travels, live or in a catch-up: the border between the log and the wire, where the compiler is told what the
 * fields add up to. Null when this audience must not see it.
 */
export function toEventPayload(event: TicketEvent, audience: Audience): TicketEventPayload | null {
  if (audience === 'staff') return toStaffPayload(event);
  return event.publicSeq === null ? null : toDonorPayload(event, event.publicSeq);
}

function toStaffPayload(event: TicketEvent): StaffEventPayload {
  // A message's own fields stand beside the envelope: older clients read it so.
  const fields = isAboutMessage(event) ? toStaffMessagePayload(event.data.message) : event.data;
  return { ...fields, ...envelope(event, event.seq), actor: event.actor } as StaffEventPayload;
}

function toDonorPayload(event: TicketEvent, seq: number): TicketEventPayload {
  const fields = donorFields(event);
  return { ...fields, ...envelope(event, seq), actor: actorForDonor(event.actor) } as TicketEventPayload;
}

function envelope({ ticketId, type, at }: TicketEvent, seq: number): object {
  return { ticketId, seq, type, at: at.toISOString() };
}

function donorFields(event: TicketEvent): object {
  const named = PUBLIC_FIELDS[event.type] ?? {};
  if (isAboutMessage(event)) return named.message === true ? toMessagePayload(event.data.message) : {};
  const data =
    event.type === 'messages.read' ? { ...event.data, upToSeq: event.data.upToPublicSeq } : event.data;
  const entries: [string, unknown][] = Object.entries(data);
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const part = named[name];
      return part === undefined ? [] : [[name, part === true ? value : partOf(value, part)]];
    }),
  );
}

function partOf(value: unknown, names: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)));
}

/** Donors learn the name and picture of staff, never an internal id beyond what messages show. */
function actorForDonor(actor: EventActor): EventActor {
  if (actor.type !== 'admin') return actor;
  return { type: 'admin', id: actor.id, name: actor.name ?? '', avatar: actor.avatar ?? null };
}
