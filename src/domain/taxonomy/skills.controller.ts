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
import { SkillsService } from './skills.service.js';
import { SkillResponse, RemovedResponse } from './taxonomy-shapes.js';
import { CreateSkillDto, TaxonomyQueryDto, UpdateSkillDto } from './taxonomy.dto.js';

@ApiTags('Taxonomy')
@ApiBearerAuth()
@Controller('skills')
export class SkillsController {
  constructor(private readonly skills: SkillsService) {}

  @Get()
  @ApiOperation({ summary: 'List skills' })
  @ApiOkResponse({ type: [SkillResponse] })
  list(@Query() query: TaxonomyQueryDto): Promise<SkillResponse[]> {
    return this.skills.list(query);
  }

  @Post()
  @SuperAdmin()
  @Idempotent()
  @ApiOperation({ summary: 'Add a skill' })
  @ApiCreatedResponse({ type: SkillResponse })
  @ApiConflictResponse({ description: 'SKILL_EXISTS, or LIST_FULL.' })
  create(@CurrentStaff() actor: StaffActor, @Body() dto: CreateSkillDto): Promise<SkillResponse> {
    return this.skills.create(actor, dto);
  }

  @Patch(':id')
  @SuperAdmin()
  @ApiOperation({ summary: 'Change, archive or restore a skill' })
  @ApiOkResponse({ type: SkillResponse })
  @ApiNotFoundResponse({ description: 'There is no skill with this id.' })
  update(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
    @Body() dto: UpdateSkillDto,
  ): Promise<SkillResponse> {
    return this.skills.update(actor, id, dto);
  }

  @Delete(':id')
  @SuperAdmin()
  @ApiOperation({ summary: 'Delete a skill that nothing uses; archive it otherwise' })
  @ApiOkResponse({ type: RemovedResponse })
  @ApiNotFoundResponse({ description: 'There is no skill with this id.' })
  remove(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<RemovedResponse> {
    return this.skills.remove(actor, id);
  }
}
