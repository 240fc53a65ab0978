import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

/** Query parameters arrive as text and stay text. */
export class BoardDto {
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false', description: 'Only your own tickets' })
  @IsOptional()
  @IsIn(['true', 'false'])
  mine?: string;
}
