import { IsDefined, IsOptional } from 'class-validator';
import { BoundedText, FormedText, UuidText } from '../../../platform/http/validation/text.decorator.js';

const LONGEST_TOKEN = 4_096;

export class CallDto {
  @UuidText()
  callId!: string;
}

export class EnterCallDto extends CallDto {
  @BoundedText(LONGEST_TOKEN)
  token!: string;
}

export class SignalDto extends CallDto {
  @IsOptional()
  @FormedText(/^[\w-]{1,64}$/, { most: 64, message: 'to must be the id of a peer' })
  to?: string;

  /** An offer, an answer or candidates: between the peers, we only carry it. */
  @IsDefined()
  data!: unknown;
}
