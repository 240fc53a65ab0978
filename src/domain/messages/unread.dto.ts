import { ApiProperty } from '@nestjs/swagger';

/** Of a last message, in UTF-16 units. */
export const TEXT_LENGTH = 120;

class LastMessageResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: TEXT_LENGTH,
    description: 'The beginning of it; of a ticket without a message its description or subject',
  })
  text!: string | null;
  @ApiProperty({ type: String, nullable: true }) senderName!: string | null;
  @ApiProperty({ format: 'date-time' }) at!: string;
}

export class DonorUnreadTicketResponse {
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty({ description: 'The place of the newest of it; mark up to here as read' }) seq!: number;
  @ApiProperty({ description: 'Counted to 100' }) count!: number;
  @ApiProperty({ type: LastMessageResponse }) lastMessage!: LastMessageResponse;
}

export class StaffUnreadTicketResponse extends DonorUnreadTicketResponse {
  @ApiProperty({ description: 'The reader owns it; otherwise nobody does' }) isMine!: boolean;
}

export class StaffUnreadResponse {
  @ApiProperty({ description: 'How many tickets of the reader; counted to 100' }) mine!: number;
  @ApiProperty({ description: 'How many tickets that nobody owns; counted to 100' }) unassigned!: number;
  @ApiProperty({ type: [StaffUnreadTicketResponse] }) tickets!: StaffUnreadTicketResponse[];
}

export class DonorUnreadResponse {
  @ApiProperty({ type: [DonorUnreadTicketResponse] }) tickets!: DonorUnreadTicketResponse[];
}
