import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { CALL_STATUSES, CALL_TYPES, type CallStatus, type CallType } from '../../contract/ticket-fields.js';
import { StaffCallResponse } from './rooms/call-shapes.js';
import { UuidText } from '../../platform/http/validation/text.decorator.js';
import { PageCursor, PageLimit } from '../../platform/http/pagination/page.decorator.js';

/** The call to open. */
export class CreateCallDto {
  @ApiProperty({ format: 'uuid' })
  @UuidText()
  ticketId!: string;

  @ApiProperty({ enum: CALL_TYPES })
  @IsIn(CALL_TYPES)
  callType!: CallType;

  @ApiProperty({ enum: ['donor', 'admin'] })
  @IsIn(['donor', 'admin'])
  initiatedBy!: 'donor' | 'admin';
}

/** The status to set. */
export class UpdateCallDto {
  @ApiProperty({ enum: CALL_STATUSES })
  @IsIn(CALL_STATUSES)
  status!: CallStatus;
}

export class ListCallsDto {
  @ApiPropertyOptional({ enum: CALL_STATUSES })
  @IsOptional()
  @IsIn(CALL_STATUSES)
  status?: CallStatus;

  @PageLimit(100)
  limit?: string;

  @PageCursor()
  cursor?: string;
}

export class IceServerResponse {
  @ApiProperty({ type: [String] }) urls!: string | string[];
  @ApiPropertyOptional() username?: string;
  @ApiPropertyOptional() credential?: string;
}

/** What somebody needs to enter a call. */
export class JoinedCallResponse extends StaffCallResponse {
  @ApiProperty({ description: 'A fresh token of the caller’s role' }) token!: string;
  @ApiProperty({ type: [IceServerResponse], description: 'For the direct provider' })
  iceServers!: IceServerResponse[];
}
