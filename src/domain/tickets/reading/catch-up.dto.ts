import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { TICKET_EVENT_TYPES } from '../../../contract/events/event-types.js';
import { LARGEST_ID, WholeNumberText } from '../../../platform/http/validation/whole-number.js';
import { PageLimit } from '../../../platform/http/pagination/page.decorator.js';

export class CatchUpDto {
  @ApiPropertyOptional({ type: Number, default: 0, description: 'The last sequence number you have' })
  @IsOptional()
  @WholeNumberText(0, LARGEST_ID)
  after?: string;

  @PageLimit(1_000, 1_000)
  limit?: string;
}

class EventActorResponse {
  @ApiProperty({ enum: ['donor', 'admin', 'system'] }) type!: string;
  @ApiProperty({ type: String, nullable: true }) id!: string | null;
  @ApiPropertyOptional() name?: string;
  @ApiPropertyOptional({ type: String, nullable: true }) avatar?: string | null;
}

/** One event of the log; further fields depend on its type (docs/realtime.md). */
class TicketEventResponse {
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty() seq!: number;
  @ApiProperty({ enum: TICKET_EVENT_TYPES }) type!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: EventActorResponse }) actor!: EventActorResponse;
}

export class CatchUpResponse {
  @ApiProperty({ type: [TicketEventResponse] }) events!: TicketEventResponse[];
  @ApiProperty({ description: 'Where the reader now stands' }) seq!: number;
  @ApiPropertyOptional({ description: 'Too far behind: read the ticket afresh and go on from seq' })
  reset?: boolean;
}
