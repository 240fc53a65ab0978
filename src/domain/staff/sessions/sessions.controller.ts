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
import { UuidParam } from '../../../platform/http/validation/uuid-param.decorator.js';
import { CurrentStaff, OpenBefore } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { RefreshCookie } from './refresh-cookie.js';
import { SessionResponse } from './session.dto.js';
import { SessionsService } from './sessions.service.js';

@ApiTags('Auth')
@ApiBearerAuth()
@Controller('auth/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Where the caller is signed in, the one used last first, 100 at most. */
  @Get()
  @OpenBefore('change the password', 'set up a second factor')
  @ApiOkResponse({ type: [SessionResponse] })
  async list(@CurrentStaff() actor: StaffActor): Promise<SessionResponse[]> {
    return this.sessions.listOwn(actor);
  }

  /** Ends every sign-in of the caller but this one. Fine to repeat. */
  @Delete()
  @OpenBefore('change the password', 'set up a second factor')
  @HttpCode(204)
  @ApiNoContentResponse()
  async endOthers(@CurrentStaff() actor: StaffActor): Promise<void> {
    await this.sessions.endOthers(actor);
  }

  /** Ends one sign-in of the caller: its tokens and its live connections. */
  @Delete(':id')
  @OpenBefore('change the password', 'set up a second factor')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiBadRequestResponse({ description: 'The id is no UUID.' })
  @ApiNotFoundResponse({ description: 'Unknown, somebody else’s, or ended already.' })
  async end(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.endOwn(actor, id);
    if (id === actor.loginId) this.cookie.clear(response);
  }
}
