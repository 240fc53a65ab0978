import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { PRIORITIES } from '../../contract/ticket-fields.js';
import { LanguageTag } from '../../platform/http/validation/language.decorator.js';
import { Public } from '../auth/access.decorator.js';
import { TaxonomyNamesService } from '../taxonomy/taxonomy-names.service.js';
import { CategoriesResponse } from '../taxonomy/taxonomy-shapes.js';

export class CategoriesQueryDto {
  @ApiPropertyOptional({ example: 'de', description: 'The language of the labels, as a BCP 47 tag' })
  @IsOptional()
  @LanguageTag()
  lang?: string;
}

/** Stands before the routes of one ticket, whose `:id` would take its address. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets')
export class TicketCategoriesController {
  constructor(private readonly names: TaxonomyNamesService) {}

  @Get('categories')
  @Public()
  @ApiOperation({
    operationId: 'Tickets_categories',
    summary: 'What a ticket can be about, and how urgent',
  })
  @ApiOkResponse({ type: CategoriesResponse })
  async list(@Query() { lang = 'en' }: CategoriesQueryDto): Promise<CategoriesResponse> {
    const labels = await this.names.categoryLabels(lang);
    return { categories: labels.map(({ name }) => name), priorities: [...PRIORITIES], labels };
  }
}
