import { Controller, Delete, Get, HttpCode, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { IntParam } from '../../../platform/http/validation/int-param.decorator.js';
import { UuidParam } from '../../../platform/http/validation/uuid-param.decorator.js';
import { CurrentStaff, SuperAdmin } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { RefreshCookie } from './refresh-cookie.js';
import { SessionResponse } from './session.dto.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Users')
@ApiBearerAuth()
@Controller('users/:id/sessions')
@SuperAdmin()
export class ColleagueSessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Where somebody is signed in, the one used last first, 100 at most. */
  @Get()
  @ApiOkResponse({ type: [SessionResponse] })
  @ApiNotFoundResponse({ description: 'There is nobody with this id.' })
  async list(@CurrentStaff() actor: StaffActor, @IntParam() id: number): Promise<SessionResponse[]> {
    return this.sessions.listOf(actor, id);
  }

  /** Ends one sign-in of somebody: its tokens and its live connections. */
  @Delete(':sessionId')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiBadRequestResponse({ description: 'The session’s id is no UUID.' })
  @ApiNotFoundResponse({ description: 'Unknown, of another person, or ended already.' })
  async end(
    @CurrentStaff() actor: StaffActor,
    @IntParam() id: number,
    @UuidParam('sessionId') sessionId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.endOf(actor, id, sessionId);
    if (sessionId === actor.loginId) this.cookie.clear(response);
  }
}
