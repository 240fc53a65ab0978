import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { BoundedText } from '../validation/text.decorator.js';
import { WholeNumberText } from '../validation/whole-number.js';
import { PAGE_SIZE_WORDS } from './page-query.js';

/** The query parameter `limit`: rows of a page, at most `most`. `usual` is the size of a list that has one size only. */
export function PageLimit(most: number, usual?: number): PropertyDecorator {
  const whenLeftOut = usual === undefined ? { description: PAGE_SIZE_WORDS } : { default: usual };
  return applyDecorators(
    ApiPropertyOptional({ type: Number, minimum: 1, maximum: most, ...whenLeftOut }),
    IsOptional(),
    WholeNumberText(1, most),
  );
}

/** The query parameter `cursor`; `decodeCursor` reads it. */
export function PageCursor(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ description: 'From the Link header of the page before' }),
    IsOptional(),
    BoundedText(200),
  );
}
