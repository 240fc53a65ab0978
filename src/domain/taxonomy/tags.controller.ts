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
import { TagsService } from './tags.service.js';
import { TagResponse, RemovedResponse } from './taxonomy-shapes.js';
import { CreateTagDto, TagQueryDto, UpdateTagDto } from './taxonomy.dto.js';

@ApiTags('Taxonomy')
@ApiBearerAuth()
@Controller('tags')
export class TagsController {
  constructor(private readonly tags: TagsService) {}

  @Get()
  @ApiOperation({ summary: 'Find tags by a part of their name' })
  @ApiOkResponse({ type: [TagResponse] })
  list(@Query() query: TagQueryDto): Promise<TagResponse[]> {
    return this.tags.list(query);
  }

  @Post()
  @SuperAdmin()
  @Idempotent()
  @ApiOperation({ summary: 'Add a tag' })
  @ApiCreatedResponse({ type: TagResponse })
  @ApiConflictResponse({ description: 'TAG_EXISTS, or LIST_FULL.' })
  create(@CurrentStaff() actor: StaffActor, @Body() dto: CreateTagDto): Promise<TagResponse> {
    return this.tags.create(actor, dto);
  }

  @Patch(':id')
  @SuperAdmin()
  @ApiOperation({ summary: 'Change, archive or restore a tag' })
  @ApiOkResponse({ type: TagResponse })
  @ApiNotFoundResponse({ description: 'There is no tag with this id.' })
  update(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
    @Body() dto: UpdateTagDto,
  ): Promise<TagResponse> {
    return this.tags.update(actor, id, dto);
  }

  @Delete(':id')
  @SuperAdmin()
  @ApiOperation({ summary: 'Delete a tag that nothing uses; archive it otherwise' })
  @ApiOkResponse({ type: RemovedResponse })
  @ApiNotFoundResponse({ description: 'There is no tag with this id.' })
  remove(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<RemovedResponse> {
    return this.tags.remove(actor, id);
  }
}
