import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PAGE_SIZE_WORDS } from '../../platform/http/pagination/page-size.js';
import { BoundedText, FormedText } from '../../platform/http/validation/text.decorator.js';
import { WholeNumberText } from '../../platform/http/validation/whole-number.js';

const USER = 'The id of a member of staff, or a donorId';

export class BetweenParams {
  @ApiProperty({ description: USER, maxLength: 255 })
  @BoundedText(255)
  userId1!: string;

  @ApiProperty({ description: USER, maxLength: 255 })
  @BoundedText(255)
  userId2!: string;
}

export class BetweenQuery {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 200, description: PAGE_SIZE_WORDS })
  @IsOptional()
  @WholeNumberText(1, 200)
  limit?: string;

  @ApiPropertyOptional({ description: 'From the Link header of the page before' })
  @IsOptional()
  @FormedText(/^[\w-]{1,100}$/, { most: 100, message: 'cursor must come from a Link header' })
  cursor?: string;
}
