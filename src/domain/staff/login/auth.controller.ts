import { Body, Controller, Get, HttpCode, Post, Req, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { IgnoresToken } from '../../../platform/http/security/route-access.js';
import { Limit, SkipLimits } from '../../../platform/http/throttling/limit.decorator.js';
import { CurrentStaff, OpenBefore, Public } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { LoginDto, SignedInResponse } from '../sessions/auth.dto.js';
import { AuthService } from './auth.service.js';
import { RefreshCookie } from '../sessions/refresh-cookie.js';
import { SameOriginGuard } from './same-origin.guard.js';
import { StaffProfiles } from '../profiles/staff-profiles.service.js';
import { StaffProfileResponse } from '../profiles/staff-user.dto.js';

@ApiTags('Auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly cookie: RefreshCookie,
    private readonly profiles: StaffProfiles,
  ) {}

  /** Signs a member of staff in. The refresh token comes in an HttpOnly cookie. */
  @Post('login')
  @Public()
  @IgnoresToken()
  @Limit('logins')
  @HttpCode(200)
  @ApiOkResponse({ type: SignedInResponse })
  @ApiUnauthorizedResponse({
    description:
      'Unknown user, wrong password or deactivated account: always the same answer. TOTP_REQUIRED: the password was right, ' +
      'now send `totp` along. TOTP_REFUSED: that code was wrong or used before.',
  })
  @ApiTooManyRequestsResponse({ description: 'Too many attempts from this address or on this account.' })
  async login(
    @Body() body: LoginDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInResponse> {
    const session = await this.auth.login(body);
    this.cookie.write(response, session.refreshToken);
    return session.answer;
  }

  /** Trades the refresh cookie for a new one and a new access token. */
  @Post('refresh')
  @Public()
  @IgnoresToken()
  @SkipLimits()
  @UseGuards(SameOriginGuard)
  @HttpCode(200)
  @ApiOkResponse({ type: SignedInResponse })
  @ApiUnauthorizedResponse({ description: 'No cookie, or one that is unknown, expired or was used before.' })
  @ApiForbiddenResponse({ description: 'Called from a page of another site.' })
  async refresh(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInResponse> {
    const session = await this.auth.refresh(this.cookie.read(request), request.ip);
    this.cookie.write(response, session.refreshToken);
    return session.answer;
  }

  /** Ends this login, access token included. Fine to repeat. */
  @Post('logout')
  @Public()
  @IgnoresToken()
  @SkipLimits()
  @UseGuards(SameOriginGuard)
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiForbiddenResponse({ description: 'Called from a page of another site.' })
  async logout(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.auth.logout(this.cookie.read(request), request.ip);
    this.cookie.clear(response);
  }

  /** Ends every login of the caller, on all devices. */
  @Post('logout-all')
  @OpenBefore('change the password', 'set up a second factor')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiNoContentResponse()
  async logoutAll(
    @CurrentStaff() actor: StaffActor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.auth.logoutAll(actor);
    this.cookie.clear(response);
  }

  /** The caller's own profile. */
  @Get('me')
  @OpenBefore('change the password', 'set up a second factor')
  @ApiBearerAuth()
  @ApiOkResponse({ type: StaffProfileResponse })
  async me(@CurrentStaff() actor: StaffActor): Promise<StaffProfileResponse> {
    return this.profiles.byActor(actor);
  }
}
