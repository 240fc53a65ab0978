import { ApiProperty } from '@nestjs/swagger';
import { CALL_TYPES } from '../../../contract/ticket-fields.js';
import { BoundedText } from '../../../platform/http/validation/text.decorator.js';
import { IceServerResponse } from '../call.dto.js';

const LONGEST_TOKEN = 4_096;

/** Anyone who holds a call's token may take part in that call, and in nothing else. */
export class CallLinkDto {
  @ApiProperty({ maxLength: LONGEST_TOKEN, description: 'The userToken or adminToken of a direct call' })
  @BoundedText(LONGEST_TOKEN)
  token!: string;
}

/** What the standalone call page needs. */
export class LinkedCallResponse {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['direct'] }) provider!: string;
  @ApiProperty({ enum: CALL_TYPES }) callType!: string;
  @ApiProperty() dailyRoomUrl!: string;
  @ApiProperty({ enum: ['donor', 'admin'], description: 'Of whom the token is' }) role!: string;
  @ApiProperty({ type: [IceServerResponse] }) iceServers!: IceServerResponse[];
}
