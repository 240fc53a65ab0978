import {
  DONOR_CLAIMS,
  type DonorClaim,
  type DonorProof,
  type StaffSummary,
} from '../../contract/events/event-data.js';
import type { StaffTicket } from '../../contract/events/staff-ticket.js';
import { ApiProperty } from '@nestjs/swagger';
import { BACKEND_ROLES } from '../../contract/roles.js';
import {
  CALL_TYPES,
  CHANNELS,
  PRIORITIES,
  type CallType,
  type Channel,
  type Priority,
} from '../../contract/ticket-fields.js';
import { TICKET_STATUSES, type TicketStatus } from '../../contract/ticket-status.js';

/** The Ticket object of the delegated-auth API, which bearers of its tokens read beside the fields below. */
export class DelegatedTicketResponse {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ description: 'The donorId' }) user_id!: string;
  @ApiProperty({ description: 'The subject; empty when there is none' }) topic!: string;
  @ApiProperty({ description: 'Empty when there is none' }) description!: string;
  @ApiProperty({ enum: TICKET_STATUSES }) status!: string;
  @ApiProperty({ type: 'integer', description: 'Milliseconds since the epoch' }) created_at!: number;
  @ApiProperty({ type: 'integer', description: 'Milliseconds since the epoch' }) updated_at!: number;
  @ApiProperty({ enum: BACKEND_ROLES, description: 'Who opened it; TEMP_USER for a guest' })
  user_role!: string;
  @ApiProperty({ example: 'GENERAL' }) support_role!: string;
  @ApiProperty({ enum: ['NORMAL', 'URGENT', 'CRITICAL'] }) issue_level!: string;
}

/** Staff as the ticket shows them. */
export class AdminResponse implements StaffSummary {
  @ApiProperty() id!: number;
  @ApiProperty() name!: string;
  @ApiProperty() username!: string;
  @ApiProperty({ type: String, nullable: true }) avatar!: string | null;
}

/** Staff as a donor sees them. */
export class PublicAdminResponse {
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) avatar!: string | null;
}

/** What a donor may read of a ticket. */
export class DonorTicketFields {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'TKT-20261120-00001' }) number!: string;
  @ApiProperty() donorId!: string;
  @ApiProperty({ type: String, nullable: true }) donorEmail!: string | null;
  @ApiProperty({ type: String, nullable: true }) donorName!: string | null;
  @ApiProperty({ type: String, nullable: true }) subject!: string | null;
  @ApiProperty({ type: String, nullable: true }) description!: string | null;
  @ApiProperty({ type: String, nullable: true }) category!: string | null;
  @ApiProperty({ enum: TICKET_STATUSES }) status!: string;
  @ApiProperty() callRequested!: boolean;
  @ApiProperty({ enum: CALL_TYPES, nullable: true }) callType!: string | null;
  @ApiProperty({ type: Number, nullable: true }) adminId!: number | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) activeCallId!: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'A call was missed or wanted: staff call back by then',
  })
  callbackDueAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Where the donor wants to be called back' })
  callbackPhone!: string | null;
  @ApiProperty({ type: Number, nullable: true }) rating!: number | null;
  @ApiProperty({ type: String, nullable: true }) ratingComment!: string | null;
  @ApiProperty({ description: 'Head of the reader’s own event stream' }) seq!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) resolvedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) closedAt!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
  @ApiProperty({ type: PublicAdminResponse, nullable: true }) admin!: PublicAdminResponse | null;
}

/** What is proven about a donor, and by whom. */
export class DonorProofResponse implements DonorProof {
  @ApiProperty({
    enum: ['mailbox', 'backend', 'staff'],
    description:
      'The donor opened a link that was mailed there · a trusted backend signed for them · staff opened it for themselves',
  })
  kind!: 'mailbox' | 'backend' | 'staff';
  @ApiProperty({ type: String, nullable: true, description: '`iss` of the backend’s token' })
  issuer!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The backend’s id for the donor' })
  id!: string | null;
  @ApiProperty({ type: String, nullable: true }) email!: string | null;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
}

/** What staff read of a ticket. */
export class StaffTicketFields implements StaffTicket {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ example: 'TKT-20261120-00001' }) number!: string;
  @ApiProperty() donorId!: string;
  @ApiProperty({ type: String, nullable: true }) donorEmail!: string | null;
  @ApiProperty({ type: String, nullable: true }) donorName!: string | null;
  @ApiProperty({ description: 'An identity is proven, and donorId, donorEmail and donorName belong to it' })
  donorVerified!: boolean;
  @ApiProperty({ type: DonorProofResponse, nullable: true, description: 'Null for a guest' })
  donorProof!: DonorProofResponse | null;
  @ApiProperty({
    enum: DONOR_CLAIMS,
    isArray: true,
    description: 'What nobody vouches for: claims',
  })
  donorUnproven!: DonorClaim[];
  @ApiProperty({ type: String, nullable: true }) subject!: string | null;
  @ApiProperty({ type: String, nullable: true }) description!: string | null;
  @ApiProperty({ type: String, nullable: true }) category!: string | null;
  @ApiProperty({ enum: PRIORITIES }) priority!: Priority;
  @ApiProperty({ enum: TICKET_STATUSES }) status!: TicketStatus;
  @ApiProperty({ example: 'GENERAL' }) team!: string;
  @ApiProperty({ enum: CHANNELS, description: 'By which way it came' }) channel!: Channel;
  @ApiProperty({ type: String, nullable: true, description: 'Its id in the channel' }) externalId!:
    string | null;
  @ApiProperty({ type: Number, nullable: true }) adminId!: number | null;
  @ApiProperty() callRequested!: boolean;
  @ApiProperty({ enum: CALL_TYPES, nullable: true }) callType!: CallType | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) activeCallId!: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The donor missed staff: call them back by then',
  })
  callbackDueAt!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Where the donor wants to be called back' })
  callbackPhone!: string | null;
  @ApiProperty({ type: [String] }) tags!: string[];
  @ApiProperty({ type: Object, additionalProperties: true }) context!: Record<string, unknown>;
  @ApiProperty({ type: String, nullable: true }) summary!: string | null;
  @ApiProperty({ type: String, nullable: true }) helpfulNotes!: string | null;
  @ApiProperty({ type: [String] }) relatedSkills!: string[];
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) triagedAt!: string | null;
  @ApiProperty({ type: Number, nullable: true }) rating!: number | null;
  @ApiProperty({ type: String, nullable: true }) ratingComment!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) firstResponseAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) resolvedAt!: string | null;
  @ApiProperty({ type: Number, nullable: true }) resolvedById!: number | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) closedAt!: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Since when the donor waits for staff; null while staff owe nothing',
  })
  waitingSince!: string | null;
  @ApiProperty({ description: 'Send it back with an update to be told when somebody was faster' })
  version!: number;
  @ApiProperty({ description: 'Head of the staff event stream' }) seq!: number;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
  @ApiProperty({ type: AdminResponse, nullable: true }) admin!: AdminResponse | null;
}

/** The tickets of a donor. */
export class DonorHistoryResponse {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() number!: string;
  @ApiProperty({ type: String, nullable: true }) subject!: string | null;
  @ApiProperty({ type: String, nullable: true }) description!: string | null;
  @ApiProperty({ enum: TICKET_STATUSES }) status!: string;
  @ApiProperty({ enum: CALL_TYPES, nullable: true }) callType!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
}

export class SuccessResponse {
  @ApiProperty({ example: true }) success!: boolean;
}
