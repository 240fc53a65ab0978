import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import {
  CALL_REQUEST_STATUSES,
  CALL_TYPES,
  LIMITS,
  type CallRequestStatus,
  type CallType,
} from '../../../contract/ticket-fields.js';
import { StaffCallResponse } from '../rooms/call-shapes.js';
import { Prose } from '../../../platform/http/validation/text.decorator.js';

/** A request for a call. */
export class RequestCallDto {
  @ApiProperty({ enum: CALL_TYPES })
  @IsIn(CALL_TYPES)
  mode!: CallType;

  @ApiPropertyOptional({ maxLength: LIMITS.callRequestMessage })
  @IsOptional()
  @Prose(LIMITS.callRequestMessage)
  message?: string;
}

export class CallRequestResponse {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty({ enum: CALL_TYPES }) mode!: CallType;
  @ApiProperty({ type: String, nullable: true }) message!: string | null;
  @ApiProperty({ enum: CALL_REQUEST_STATUSES }) status!: CallRequestStatus;
  @ApiProperty({ type: Number, nullable: true, description: 'Who accepted or rejected it' }) adminId!:
    number | null;
  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The call that came of it' })
  callId!: string | null;
  @ApiProperty({ format: 'date-time', description: 'Unanswered by then, it is a missed call' })
  expiresAt!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
}

class WaitingTicketResponse {
  @ApiProperty() number!: string;
  @ApiProperty({ type: String, nullable: true }) donorName!: string | null;
  @ApiProperty({ type: String, nullable: true }) donorEmail!: string | null;
  @ApiProperty({ type: String, nullable: true }) subject!: string | null;
  @ApiProperty({ type: Number, nullable: true }) adminId!: number | null;
}

/** A request that waits, with what a ringing dashboard shows of its ticket. */
export class WaitingCallRequestResponse extends CallRequestResponse {
  @ApiProperty({ type: WaitingTicketResponse }) ticket!: WaitingTicketResponse;
}

export class AcceptedCallRequestResponse {
  @ApiProperty({ type: CallRequestResponse }) request!: CallRequestResponse;
  @ApiProperty({ type: StaffCallResponse }) call!: StaffCallResponse;
}
