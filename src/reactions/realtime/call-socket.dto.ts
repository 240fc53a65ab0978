import { Transform } from 'class-transformer';
import { IsDefined, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';

const LONGEST_TOKEN = 4_096;

export class CallDto {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value))
  @IsUUID()
  callId!: string;
}

export class EnterCallDto extends CallDto {
  @IsString()
  @Length(1, LONGEST_TOKEN)
  token!: string;
}

export class SignalDto extends CallDto {
  @IsOptional()
  @IsString()
  @Matches(/^[\w-]{1,64}$/, { message: 'to must be the id of a peer' })
  to?: string;

  /** An offer, an answer or candidates: between the peers, we only carry it. */
  @IsDefined()
  data!: unknown;
}
