import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DonorCallShape, StaffCallShape } from '../calls/rooms/call-shapes.js';
import { DonorTicketFields, StaffTicketFields } from '../tickets/ticket-shapes.js';

/** What a donor may read of a ticket, with its call. */
export class DonorTicketShape extends DonorTicketFields {
  @ApiPropertyOptional({ type: DonorCallShape, description: 'Only while a call is open' })
  activeCall?: DonorCallShape;
}

/** What staff read of a ticket, with its call. */
export class StaffTicketShape extends StaffTicketFields {
  @ApiPropertyOptional({ type: StaffCallShape, description: 'Only while a call is open' })
  activeCall?: StaffCallShape;
}

/** The response to creating a ticket. */
export class CreatedTicketShape extends DonorTicketShape {
  @ApiProperty({ type: DonorCallShape, nullable: true }) call!: DonorCallShape | null;
  @ApiPropertyOptional({
    description: 'The video provider is slow: the call follows as a call:started event',
  })
  callPending?: boolean;
  @ApiPropertyOptional({ description: 'Opens this ticket and all that follow in this session; shown once' })
  donorToken?: string;
}
