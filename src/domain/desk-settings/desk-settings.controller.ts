import { Body, Controller, Get, Patch, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { IgnoresToken } from '../../platform/http/security/route-access.js';
import { CurrentStaff, Public, SuperAdmin } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import {
  DeskQueryDto,
  DeskResponse,
  DeskSettingsResponse,
  UpdateDeskSettingsDto,
} from './desk-settings.dto.js';
import { DeskSettingsService } from './desk-settings.service.js';

/** Whether the desk is open and somebody is there changes by itself: copies serve no longer than this. */
const KEPT_S = 15;

@ApiTags('Desk')
@Controller('desk')
export class DeskSettingsController {
  constructor(private readonly desk: DeskSettingsService) {}

  @Get()
  @Public()
  @IgnoresToken()
  @ApiOperation({
    summary: 'What the charity says of its desk, whether it is open, and whether somebody can take a call',
  })
  @ApiOkResponse({ type: DeskResponse })
  @ApiResponse({ status: 304, description: 'It is as `If-None-Match` says.' })
  async read(
    @Query() { lang = 'en' }: DeskQueryDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DeskResponse | undefined> {
    const desk = await this.desk.publicDesk(lang);
    response.vary('Origin');
    response.set({ ETag: tagOf(desk), 'Cache-Control': `public, max-age=${KEPT_S}` });
    if (!request.fresh) return desk;
    response.status(304);
    return undefined;
  }

  @Get('settings')
  @SuperAdmin()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'All settings of the desk' })
  @ApiOkResponse({ type: DeskSettingsResponse })
  settings(): Promise<DeskSettingsResponse> {
    return this.desk.settings();
  }

  @Patch('settings')
  @SuperAdmin()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Change settings of the desk; they hold on every node within seconds' })
  @ApiOkResponse({ type: DeskSettingsResponse })
  @ApiConflictResponse({ description: 'CONFLICT: somebody else has changed them since `version`.' })
  update(
    @CurrentStaff() actor: StaffActor,
    @Body() dto: UpdateDeskSettingsDto,
  ): Promise<DeskSettingsResponse> {
    return this.desk.update(actor, dto);
  }
}

const tagOf = (desk: DeskResponse): string =>
  `"${createHash('sha256').update(JSON.stringify(desk)).digest('base64url').slice(0, 22)}"`;
