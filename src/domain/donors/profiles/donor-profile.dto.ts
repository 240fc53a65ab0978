import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { LIMITS } from '../../../contract/ticket-fields.js';
import { ProseOrBlank } from '../../../platform/http/validation/text.decorator.js';
import type { Proof } from '../../auth/owner-key.js';

const PROOF_KINDS = ['backend', 'mailbox', 'staff'] as const satisfies readonly Proof['kind'][];

/** What staff write about a person. */
export class UpdateDonorProfileDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: LIMITS.donorNotes,
    description: 'What staff know about the person; null or a blank text removes it',
  })
  @ProseOrBlank(LIMITS.donorNotes, null)
  notes?: string | null;
}

/** What is proven about the person, by whom and when. */
export class DonorVerifiedResponse {
  @ApiProperty({ enum: PROOF_KINDS, description: 'backend: a token of a trusted backend' })
  by!: Proof['kind'];

  @ApiProperty({ type: String, nullable: true, description: 'The `iss` of the backend’s tokens' })
  issuer!: string | null;

  @ApiProperty({ format: 'date-time', description: 'Of the newest proof' })
  at!: string;
}

/** The person of a ticket as staff see them, across tickets. Nothing of this is for donors. */
export class DonorProfileResponse {
  @ApiProperty({ type: String, nullable: true, description: 'A claim while nothing is verified' })
  name!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    format: 'email',
    description: 'A claim while nothing is verified',
  })
  email!: string | null;

  @ApiProperty({ type: DonorVerifiedResponse, nullable: true, description: 'Null for a guest' })
  verified!: DonorVerifiedResponse | null;

  @ApiProperty({ type: String, nullable: true, example: 'de-AT', description: 'A language tag (BCP 47)' })
  locale!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Europe/Vienna', description: 'An IANA name' })
  timeZone!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What staff know about the person' })
  notes!: string | null;

  @ApiProperty({ type: 'integer', description: 'How many tickets the person has, this one included' })
  tickets!: number;
}
