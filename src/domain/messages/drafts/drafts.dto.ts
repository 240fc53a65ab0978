import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { LIMITS } from '../../../contract/ticket-fields.js';
import { BoundedText } from '../../../platform/http/validation/text.decorator.js';

export const DRAFT_KINDS = ['reply', 'note'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

/** What is written and not sent yet. A blank text takes it away. */
export class SaveDraftDto {
  @ApiProperty({ enum: DRAFT_KINDS })
  @IsIn(DRAFT_KINDS)
  kind!: DraftKind;

  @ApiProperty({ maxLength: LIMITS.message, description: 'Blank: there is none any more' })
  @BoundedText(LIMITS.message, { least: 0 })
  content!: string;
}

/** The texts; null where there is none. */
export class DraftsResponse {
  @ApiProperty({ type: String, nullable: true }) reply!: string | null;
  @ApiProperty({ type: String, nullable: true }) note!: string | null;
}
