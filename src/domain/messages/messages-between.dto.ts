import { ApiProperty } from '@nestjs/swagger';
import { BoundedText } from '../../platform/http/validation/text.decorator.js';
import { PageCursor, PageLimit } from '../../platform/http/pagination/page.decorator.js';

const USER = 'The id of a member of staff, or a donorId';

export class BetweenParamsDto {
  @ApiProperty({ description: USER, maxLength: 255 })
  @BoundedText(255)
  userId1!: string;

  @ApiProperty({ description: USER, maxLength: 255 })
  @BoundedText(255)
  userId2!: string;
}

export class BetweenQueryDto {
  @PageLimit(200)
  limit?: string;

  @PageCursor()
  cursor?: string;
}
