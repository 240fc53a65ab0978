import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CALL_STATUSES, CALL_TYPES } from '../../contract/ticket-fields.js';
import { StaffTicketResponse } from './ticket-view-shapes.js';

/** A call on the board; its tokens come with the ticket. */
export class BoardCallResponse {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: CALL_STATUSES }) status!: string;
  @ApiProperty({ enum: CALL_TYPES }) callType!: string;
  @ApiProperty() initiatedBy!: string;
  @ApiProperty() dailyRoomUrl!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
}

export class BoardTicketResponse extends StaffTicketResponse {
  @ApiPropertyOptional({ type: [BoardCallResponse], description: 'On tickets that are on a call' })
  calls?: BoardCallResponse[];
}

export class UnassignedCountsResponse {
  @ApiProperty() new!: number;
  @ApiProperty() activeCall!: number;
  @ApiProperty() total!: number;
}

export class BoardCountsResponse {
  @ApiProperty() new!: number;
  @ApiProperty() pending!: number;
  @ApiProperty() waiting!: number;
  @ApiProperty() activeCall!: number;
  @ApiProperty() transferred!: number;
  @ApiProperty() total!: number;
  @ApiProperty({ type: UnassignedCountsResponse }) unassigned!: UnassignedCountsResponse;
  @ApiProperty({ description: 'Some group holds more than its count says: show it as "1,000+"' })
  capped!: boolean;
}

/** The columns of the board. */
export class DashboardResponse {
  @ApiProperty({ type: [BoardTicketResponse] }) newTickets!: BoardTicketResponse[];
  @ApiProperty({ type: [BoardTicketResponse] }) pendingTickets!: BoardTicketResponse[];
  @ApiProperty({ type: [BoardTicketResponse] }) waitingTickets!: BoardTicketResponse[];
  @ApiProperty({ type: [BoardTicketResponse] }) activeCallTickets!: BoardTicketResponse[];
  @ApiProperty({ type: [BoardTicketResponse] }) transferredTickets!: BoardTicketResponse[];
  @ApiProperty({ type: BoardCountsResponse }) counts!: BoardCountsResponse;
}
