import { Body, Controller, Get, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiForbiddenResponse,
  ApiOkResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { IgnoresToken } from '../../../platform/http/security/route-access.js';
import { Limit } from '../../../platform/http/throttling/limit.decorator.js';
import { Public } from '../../auth/access.decorator.js';
import { bearerOf } from '../../auth/actor-resolver.js';
import { DonorIdentity } from './donor-identity.service.js';
import {
  AskForLinkDto,
  CheckLinkDto,
  DonorSignedInResponse,
  DonorWaysResponse,
  IdentifyDto,
  LinkAskedResponse,
  LinkCheckedResponse,
  ResumeDto,
} from './identity.dto.js';
import { MagicLinks } from './magic-links.service.js';

/** How donors prove who they are. */
@ApiTags('donor')
@Controller('auth/donor')
@Public()
export class IdentityController {
  constructor(
    private readonly identity: DonorIdentity,
    private readonly links: MagicLinks,
  ) {}

  @Get()
  @IgnoresToken()
  @ApiOperation({ summary: 'How a donor can prove who they are here' })
  @ApiOkResponse({ type: DonorWaysResponse })
  ways(): DonorWaysResponse {
    return { magicLink: this.links.areOffered };
  }

  @Post()
  @Limit('reads')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Trade the token of a trusted backend for a verified donor session' })
  @ApiOkResponse({ type: DonorSignedInResponse })
  @ApiUnauthorizedResponse({ description: 'No token, or one that is wrong or expired.' })
  @ApiForbiddenResponse({ description: 'The token is for staff.' })
  identify(@Body() body: IdentifyDto, @Req() request: Request): Promise<DonorSignedInResponse> {
    return this.identity.exchange(body.token ?? bearerOf(request), body.donorToken);
  }

  @Post('link')
  @IgnoresToken()
  @Limit('logins')
  @HttpCode(202)
  @ApiOperation({ summary: 'Ask for a link by mail to one’s earlier conversations' })
  @ApiAcceptedResponse({
    type: LinkAskedResponse,
    description: 'The same whether the address is known or not.',
  })
  @ApiTooManyRequestsResponse({ description: 'Too many from here, or for this address.' })
  @ApiServiceUnavailableResponse({ description: 'This desk cannot send mail.' })
  async askForLink(@Body() body: AskForLinkDto): Promise<LinkAskedResponse> {
    await this.links.requestLink(body);
    return { message: 'If there are conversations under this address, a link is on its way.' };
  }

  @Post('link/check')
  @IgnoresToken()
  @Limit('reads')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whose conversations a mailed link opens; it can still be used afterwards' })
  @ApiOkResponse({ type: LinkCheckedResponse })
  @ApiUnauthorizedResponse({ description: 'The link was used or is too old.' })
  checkLink(@Body() body: CheckLinkDto): Promise<LinkCheckedResponse> {
    return this.identity.check(body);
  }

  @Post('resume')
  @IgnoresToken()
  @Limit('logins')
  @HttpCode(200)
  @ApiOperation({ summary: 'Trade the token of a mailed link for a verified donor session' })
  @ApiOkResponse({ type: DonorSignedInResponse })
  @ApiUnauthorizedResponse({ description: 'The link was used or is too old.' })
  resume(@Body() body: ResumeDto): Promise<DonorSignedInResponse> {
    return this.identity.resume(body);
  }
}
