import { ApiProperty } from '@nestjs/swagger';
import { SIDES, type Side } from '../../../contract/roles.js';
import {
  CALL_STATUSES,
  CALL_TYPES,
  type CallStatus,
  type CallType,
} from '../../../contract/ticket-fields.js';

/** A call as a donor reads it: the admin token is not part of this class and so can never leak through it. */
export class DonorCallResponse {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty({ description: 'Opens in any browser; named after Daily whichever provider has the room' })
  dailyRoomUrl!: string;
  @ApiProperty({ enum: ['direct', 'daily', 'videosdk'] }) provider!: string;
  @ApiProperty() roomName!: string;
  @ApiProperty({ enum: CALL_STATUSES }) status!: CallStatus;
  @ApiProperty({ enum: CALL_TYPES }) callType!: CallType;
  @ApiProperty({ enum: SIDES }) initiatedBy!: Side;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) endedAt!: string | null;
  @ApiProperty({ type: String, nullable: true }) endReason!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Null while the provider cannot be reached to renew it',
  })
  userToken!: string | null;
}

/** A call as staff read it. */
export class StaffCallResponse extends DonorCallResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of the caller, and of nobody else. Null while the provider cannot be reached',
  })
  adminToken!: string | null;
}
