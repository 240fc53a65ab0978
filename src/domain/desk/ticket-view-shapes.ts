import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DonorCallResponse, StaffCallResponse } from '../calls/rooms/call-shapes.js';
import { DonorTicketFields, StaffTicketFields } from '../tickets/ticket-shapes.js';

/** What a donor may read of a ticket, with its call. */
export class DonorTicketResponse extends DonorTicketFields {
  @ApiPropertyOptional({ type: DonorCallResponse, description: 'Only while a call is open' })
  activeCall?: DonorCallResponse;
}

/** What staff read of a ticket, with its call. */
export class StaffTicketResponse extends StaffTicketFields {
  @ApiPropertyOptional({ type: StaffCallResponse, description: 'Only while a call is open' })
  activeCall?: StaffCallResponse;
}

/** The response to creating a ticket. */
export class CreatedTicketResponse extends DonorTicketResponse {
  @ApiProperty({ type: DonorCallResponse, nullable: true }) call!: DonorCallResponse | null;
  @ApiPropertyOptional({
    description: 'The video provider is slow: the call follows as a call:started event',
  })
  callPending?: boolean;
  @ApiPropertyOptional({ description: 'Opens this ticket and all that follow in this session; shown once' })
  donorToken?: string;
}
