import type { ActorType, Side } from '../roles.js';
import type { CallType, Channel, Priority } from '../ticket-fields.js';
import type { TicketStatus } from '../ticket-status.js';
import type { MessagePayload } from './message-payload.js';

/** A member of staff as colleagues see them. */
export interface StaffSummary {
  id: number;
  name: string;
  username: string;
  avatar: string | null;
}

/** What is proven about a donor, and by whom. */
export interface DonorProof {
  kind: 'mailbox' | 'backend' | 'staff';
  issuer: string | null;
  id: string | null;
  email: string | null;
  name: string | null;
}

/** The things that a donor says about themselves. */
export const DONOR_CLAIMS = ['donorId', 'donorEmail', 'donorName'] as const;
export type DonorClaim = (typeof DONOR_CLAIMS)[number];

/** Why a ticket has another owner, or none. */
export type AssignmentReason = 'accepted' | 'assigned' | 'reply' | 'call' | 'owner_left' | 'handed_back';

/** New values of a ticket's fields; those that are missing are unchanged. Times are ISO 8601. */
export interface TicketFieldChanges {
  subject?: string | null;
  description?: string | null;
  category?: string | null;
  team?: string;
  tags?: string[];
  helpfulNotes?: string | null;
  context?: Record<string, unknown>;
  callType?: CallType | null;
  callbackDueAt?: string | null;
  callbackPhone?: string | null;
  donorName?: string | null;
  donorEmail?: string | null;
  donorVerified?: boolean;
  donorProof?: DonorProof | null;
  donorUnproven?: DonorClaim[];
}

interface MessageData {
  message: MessagePayload;
}

interface CallRequestData {
  requestId: string;
  mode: CallType;
}

/** An event that says all by its type. */
interface NoData {}

/** What each type of event says, to staff. Small facts only: times are ISO 8601, staff are numbered by their user id. */
export interface TicketEventData {
  'ticket.created': {
    number: string;
    subject: string | null;
    category: string | null;
    priority: Priority;
    callType: CallType | null;
    status: TicketStatus;
    /** Events of older releases do not say it. */
    channel?: Channel;
    /** The donor asked for a call whose room is not made yet. */
    callPending: boolean;
  };
  'ticket.updated': {
    changes: TicketFieldChanges;
    /** The address before, where it was another mailbox. */
    from?: { donorEmail: string | null };
  };
  'ticket.assigned': {
    from: number | null;
    /** Null when the ticket goes back to the team. */
    to: number | null;
    by: number | null;
    reason: AssignmentReason;
    admin: StaffSummary | null;
  };
  'ticket.transferred': {
    fromAdminId: number | null;
    toAdminId: number;
    by: number;
    notes: string | null;
    admin: StaffSummary;
  };
  'ticket.status_changed': { from: TicketStatus; to: TicketStatus };
  'ticket.priority_changed': { from: Priority; to: Priority };
  'ticket.triaged': { category: string | null; priority: Priority; summary: string | null };
  'ticket.rated': { rating: number; comment: string | null };
  'ticket.reminded': { channels: ('mail' | 'push')[] };
  'ticket.deleted': NoData;
  'message.posted': MessageData;
  'message.edited': MessageData;
  'message.deleted': MessageData;
  'messages.read': {
    /** Whose messages were read. */
    senderType: ActorType;
    /** Up to this place of the staff stream, and of the donor's; null for a note, which has none there. */
    upToSeq: number;
    upToPublicSeq: number | null;
    readAt: string | null;
    /** Set when one message alone was marked, read or unread. */
    messageId?: string;
    isRead?: boolean;
  };
  'call.requested': CallRequestData & { message: string | null; expiresAt: string; callId?: string };
  'call.accepted': CallRequestData;
  'call.rejected': CallRequestData;
  'call.cancelled': CallRequestData;
  /** With a time when a callback is owed; without one the ticket has ended. */
  'call.expired': CallRequestData & { callbackDueAt?: string };
  'call.started': {
    callId: string;
    callType: CallType;
    initiatedBy: Side;
    startedAt: string;
    /** Finds the call again when a keyed request is repeated. */
    startId?: string;
  };
  'call.joined': { callId: string; role: Side };
  'call.ended': {
    callId: string;
    callType: CallType;
    endedAt: string;
    endedBy: string | null;
    endReason: string;
    provider: string;
    roomName: string;
  };
  'attachment.added': { attachmentId: string; fileName: string; mimeType: string; size: number };
}
