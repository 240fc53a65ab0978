import type { DelegatedRole } from '../../contract/roles.js';
import { badRequest, forbidden } from '../../platform/http/errors/domain-error.js';
import type { Actor, DonorActor, StaffActor } from '../auth/actor.js';
import { staffKey } from '../auth/owner-key.js';
import type { CreateTicketDto } from './create-ticket.dto.js';

/** Whose ticket a new one is. */
export interface NewTicketDonor {
  donorId: string;
  donorEmail: string | null;
  donorName: string | null;
  /** The role in the delegated token, or that of staff who open a ticket for themselves. */
  donorRole: DelegatedRole | null;
  /** The proven identity; null for a guest. */
  ownerKey: string | null;
  /** What the proof vouches for. The body may say otherwise: that is a claim. */
  provenEmail: string | null;
  provenName: string | null;
}

const UNPROVEN = { ownerKey: null, provenEmail: null, provenName: null };

/**
 * Says whose ticket this will be. A donor token names its donor; the body may repeat it, never contradict it. Staff who name
 * nobody open the ticket for themselves. Somebody whose identity is proven needs no email. Throws 400, and 403 for another donorId.
 */
export function donorOf(actor: Actor, dto: CreateTicketDto): NewTicketDonor {
  if (actor.kind === 'donor') return donorOfSession(actor, dto);
  if (actor.kind === 'staff' && isTheirOwn(dto)) return staffAsDonor(actor, dto);
  const { donorId, donorEmail, donorName = null } = dto;
  if (donorId === undefined || donorEmail === undefined) throw fieldsMissing({ donorId, donorEmail });
  return { donorId, donorEmail, donorName, donorRole: null, ...UNPROVEN };
}

function isTheirOwn({ donorId, donorEmail, ...dto }: CreateTicketDto): boolean {
  const says = dto.subject ?? dto.topic ?? dto.description;
  return donorId === undefined && donorEmail === undefined && says !== undefined;
}

function donorOfSession(actor: DonorActor, dto: CreateTicketDto): NewTicketDonor {
  const { donorId, ownerKey } = actor;
  if (dto.donorId !== undefined && dto.donorId !== donorId)
    throw forbidden('This donor token belongs to another donorId.');
  const donorEmail = dto.donorEmail ?? actor.email;
  if (donorEmail === null && ownerKey === null) throw fieldsMissing({ donorEmail: undefined });
  const donorName = dto.donorName ?? actor.name;
  const proof = ownerKey === null ? UNPROVEN : { ownerKey, provenEmail: actor.email, provenName: actor.name };
  return {
    donorId,
    donorEmail,
    donorName,
    donorRole: actor.delegated?.role ?? actor.donorRole ?? null,
    ...proof,
  };
}

function staffAsDonor(actor: StaffActor, { donorName }: CreateTicketDto): NewTicketDonor {
  const ownRole = actor.role === 'SUPER_ADMIN' ? 'ADMIN' : 'AGENT';
  return {
    donorId: actor.delegated?.id ?? staffKey(actor.id),
    donorEmail: null,
    donorName: donorName ?? actor.name,
    donorRole: actor.delegated?.role ?? ownRole,
    ownerKey: staffKey(actor.id),
    provenEmail: null,
    provenName: actor.name,
  };
}

function fieldsMissing(fields: Record<string, string | undefined>) {
  const missing = Object.keys(fields).filter((name) => fields[name] === undefined);
  return badRequest(
    'Some fields are missing.',
    missing.map((location) => ({ location, message: `${location} is required`, type: 'required' })),
  );
}
