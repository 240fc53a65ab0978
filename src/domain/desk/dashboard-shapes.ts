import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CALL_STATUSES, CALL_TYPES } from '../../contract/ticket-fields.js';
import { StaffTicketShape } from './ticket-view-shapes.js';

/** A call on the board; its tokens come with the ticket. */
export class BoardCallShape {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: CALL_STATUSES }) status!: string;
  @ApiProperty({ enum: CALL_TYPES }) callType!: string;
  @ApiProperty() initiatedBy!: string;
  @ApiProperty() dailyRoomUrl!: string;
  @ApiProperty({ format: 'date-time' }) startedAt!: string;
}

export class BoardTicketShape extends StaffTicketShape {
  @ApiPropertyOptional({ type: [BoardCallShape], description: 'On tickets that are on a call' })
  calls?: BoardCallShape[];
}

export class UnassignedCountsShape {
  @ApiProperty() new!: number;
  @ApiProperty() activeCall!: number;
  @ApiProperty() total!: number;
}

export class BoardCountsShape {
  @ApiProperty() new!: number;
  @ApiProperty() pending!: number;
  @ApiProperty() waiting!: number;
  @ApiProperty() activeCall!: number;
  @ApiProperty() transferred!: number;
  @ApiProperty() total!: number;
  @ApiProperty({ type: UnassignedCountsShape }) unassigned!: UnassignedCountsShape;
  @ApiProperty({ description: 'Some group holds more than its count says: show it as "1,000+"' })
  capped!: boolean;
}

/** The columns of the board. */
export class DashboardShape {
  @ApiProperty({ type: [BoardTicketShape] }) newTickets!: BoardTicketShape[];
  @ApiProperty({ type: [BoardTicketShape] }) pendingTickets!: BoardTicketShape[];
  @ApiProperty({ type: [BoardTicketShape] }) waitingTickets!: BoardTicketShape[];
  @ApiProperty({ type: [BoardTicketShape] }) activeCallTickets!: BoardTicketShape[];
  @ApiProperty({ type: [BoardTicketShape] }) transferredTickets!: BoardTicketShape[];
  @ApiProperty({ type: BoardCountsShape }) counts!: BoardCountsShape;
}
