import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Idempotent } from '../../platform/http/idempotency/idempotent.decorator.js';
import { IntParam } from '../../platform/http/validation/int-param.decorator.js';
import { CurrentStaff, SuperAdmin } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { CategoriesService } from './categories.service.js';
import { CategoryResponse, RemovedResponse } from './taxonomy-shapes.js';
import { CreateCategoryDto, TaxonomyQueryDto, UpdateCategoryDto } from './taxonomy.dto.js';

@ApiTags('Taxonomy')
@ApiBearerAuth()
@Controller('categories')
export class CategoriesController {
  constructor(private readonly categories: CategoriesService) {}

  @Get()
  @ApiOperation({ summary: 'List categories' })
  @ApiOkResponse({ type: [CategoryResponse] })
  list(@Query() query: TaxonomyQueryDto): Promise<CategoryResponse[]> {
    return this.categories.list(query);
  }

  @Post()
  @SuperAdmin()
  @Idempotent()
  @ApiOperation({ summary: 'Add a category' })
  @ApiCreatedResponse({ type: CategoryResponse })
  @ApiConflictResponse({ description: 'CATEGORY_EXISTS, or LIST_FULL.' })
  create(@CurrentStaff() actor: StaffActor, @Body() dto: CreateCategoryDto): Promise<CategoryResponse> {
    return this.categories.create(actor, dto);
  }

  @Patch(':id')
  @SuperAdmin()
  @ApiOperation({ summary: 'Change, archive or restore a category' })
  @ApiOkResponse({ type: CategoryResponse })
  @ApiNotFoundResponse({ description: 'There is no category with this id.' })
  update(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
    @Body() dto: UpdateCategoryDto,
  ): Promise<CategoryResponse> {
    return this.categories.update(actor, id, dto);
  }

  @Delete(':id')
  @SuperAdmin()
  @ApiOperation({ summary: 'Delete a category that nothing uses; archive it otherwise' })
  @ApiOkResponse({ type: RemovedResponse })
  @ApiNotFoundResponse({ description: 'There is no category with this id.' })
  remove(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<RemovedResponse> {
    return this.categories.remove(actor, id);
  }
}
