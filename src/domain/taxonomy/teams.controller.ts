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
import { TeamsService } from './teams.service.js';
import { TeamResponse, RemovedResponse } from './taxonomy-shapes.js';
import { CreateTeamDto, TaxonomyQueryDto, UpdateTeamDto } from './taxonomy.dto.js';

@ApiTags('Taxonomy')
@ApiBearerAuth()
@Controller('teams')
export class TeamsController {
  constructor(private readonly teams: TeamsService) {}

  @Get()
  @ApiOperation({ summary: 'List teams' })
  @ApiOkResponse({ type: [TeamResponse] })
  list(@Query() query: TaxonomyQueryDto): Promise<TeamResponse[]> {
    return this.teams.list(query);
  }

  @Post()
  @SuperAdmin()
  @Idempotent()
  @ApiOperation({ summary: 'Add a team' })
  @ApiCreatedResponse({ type: TeamResponse })
  @ApiConflictResponse({ description: 'TEAM_EXISTS, or LIST_FULL.' })
  create(@CurrentStaff() actor: StaffActor, @Body() dto: CreateTeamDto): Promise<TeamResponse> {
    return this.teams.create(actor, dto);
  }

  @Patch(':id')
  @SuperAdmin()
  @ApiOperation({ summary: 'Change, archive or restore a team' })
  @ApiOkResponse({ type: TeamResponse })
  @ApiNotFoundResponse({ description: 'There is no team with this id.' })
  @ApiConflictResponse({ description: 'TEAM_EXISTS, or TEAM_REQUIRED for the team that new tickets go to.' })
  update(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
    @Body() dto: UpdateTeamDto,
  ): Promise<TeamResponse> {
    return this.teams.update(actor, id, dto);
  }

  @Delete(':id')
  @SuperAdmin()
  @ApiOperation({ summary: 'Delete a team that nothing uses; archive it otherwise' })
  @ApiOkResponse({ type: RemovedResponse })
  @ApiNotFoundResponse({ description: 'There is no team with this id.' })
  @ApiConflictResponse({ description: 'TEAM_REQUIRED: new tickets go to this team.' })
  remove(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<RemovedResponse> {
    return this.teams.remove(actor, id);
  }
}
