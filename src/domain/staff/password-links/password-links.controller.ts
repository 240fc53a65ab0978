import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiGoneResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { IgnoresToken } from '../../../platform/http/security/route-access.js';
import { Limit } from '../../../platform/http/throttling/limit.decorator.js';
import { Public } from '../../auth/access.decorator.js';
import { SignedInResponse } from '../sessions/auth.dto.js';
import { RefreshCookie } from '../sessions/refresh-cookie.js';
import { Joining } from './joining.service.js';
import {
  AcceptInvitationDto,
  AskForPasswordLinkDto,
  CheckPasswordLinkDto,
  PasswordLinkAskedResponse,
  PasswordLinkCheckedResponse,
  PasswordLinkWaysResponse,
  SetPasswordDto,
  toChecked,
} from './password-link.dto.js';
import { PasswordLinkMails } from './password-link-mails.service.js';
import { PasswordLinkTokens } from './password-link-tokens.service.js';
import { PasswordResets } from './password-resets.service.js';

const GONE = { description: 'The link was used already, was revoked, or is too old.' };

/** Links by which people set a password: what is open to anybody. */
@ApiTags('Auth')
@Controller('auth/password-links')
@Public()
@IgnoresToken()
export class PasswordLinksController {
  constructor(
    private readonly tokens: PasswordLinkTokens,
    private readonly mails: PasswordLinkMails,
    private readonly resets: PasswordResets,
    private readonly joining: Joining,
    private readonly cookie: RefreshCookie,
  ) {}

  /** Says whether links that set a password can be sent by email here. */
  @Get()
  @ApiOkResponse({ type: PasswordLinkWaysResponse })
  ways(): PasswordLinkWaysResponse {
    return { byEmail: this.mails.areOffered };
  }

  /** Sends a link that sets a new password, if an account has this address. */
  @Post()
  @Limit('logins')
  @HttpCode(202)
  @ApiAcceptedResponse({
    type: PasswordLinkAskedResponse,
    description: 'The same whether the address is known or not.',
  })
  @ApiTooManyRequestsResponse({ description: 'Too many from here, or for this address.' })
  @ApiServiceUnavailableResponse({ description: 'This desk cannot send email: ask a super admin.' })
  async ask(@Body() body: AskForPasswordLinkDto): Promise<PasswordLinkAskedResponse> {
    await this.resets.request(body);
    return { message: 'If there is an account with this address, a link is on its way.' };
  }

  /** Says what a link is for; it can still be used afterwards. */
  @Post('check')
  @Limit('logins')
  @HttpCode(200)
  @ApiOkResponse({ type: PasswordLinkCheckedResponse })
  @ApiGoneResponse(GONE)
  async check(@Body() { token }: CheckPasswordLinkDto): Promise<PasswordLinkCheckedResponse> {
    return toChecked(await this.tokens.find(token));
  }

  /** Accepts an invitation: makes the account and signs its person in. The refresh token comes in an HttpOnly cookie. */
  @Post('accept')
  @Limit('logins')
  @ApiCreatedResponse({ type: SignedInResponse })
  @ApiBadRequestResponse({ description: 'Some fields do not fit the rules; the link can still be used.' })
  @ApiConflictResponse({ description: 'The username or the email address is taken.' })
  @ApiGoneResponse(GONE)
  async accept(
    @Body() body: AcceptInvitationDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInResponse> {
    const session = await this.joining.accept(body);
    this.cookie.write(response, session.refreshToken);
    return session.answer;
  }

  /** Sets a new password and ends every sign-in of its person, who then signs in with it. */
  @Post('reset')
  @Limit('logins')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiBadRequestResponse({ description: 'The password does not fit the rules; the link can still be used.' })
  @ApiConflictResponse({ description: 'The link is an invitation.' })
  @ApiGoneResponse(GONE)
  async reset(@Body() body: SetPasswordDto): Promise<void> {
    await this.resets.reset(body);
  }
}
