import { Body, Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { Idempotent } from '../../../platform/http/idempotency/idempotent.decorator.js';
import { UuidParam } from '../../../platform/http/validation/uuid-param.decorator.js';
import { CurrentStaff, SuperAdmin } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { KnownTeamPipe } from '../../taxonomy/known-team.pipe.js';
import {
  InvitationResponse,
  InvitationWithLinkResponse,
  InviteDto,
  SendInvitationDto,
} from './invitation.dto.js';
import { Invitations } from './invitations.service.js';

@ApiTags('Users')
@ApiBearerAuth()
@Controller('invitations')
@SuperAdmin()
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  /** Lists the invitations that nobody has accepted yet, newest first. */
  @Get()
  @ApiOkResponse({ type: [InvitationResponse] })
  list(): Promise<InvitationResponse[]> {
    return this.invitations.list();
  }

  /** Invites a colleague, who chooses a username and a password. By email, or by a link that is shown this once. */
  @Post()
  @Idempotent()
  @ApiCreatedResponse({ type: InvitationWithLinkResponse })
  @ApiBadRequestResponse({ description: 'Some fields do not fit the rules.' })
  @ApiConflictResponse({ description: 'Somebody has this address, or it is invited already.' })
  @ApiTooManyRequestsResponse({ description: 'The address has been sent enough emails for today.' })
  @ApiServiceUnavailableResponse({ description: 'This desk cannot send email.' })
  invite(
    @CurrentStaff() actor: StaffActor,
    @Body(KnownTeamPipe) body: InviteDto,
  ): Promise<InvitationWithLinkResponse> {
    return this.invitations.invite(actor, body);
  }

  /** Sends an invitation again, by a new link for another seven days; the link before no longer works. */
  @Post(':id/renew')
  @HttpCode(200)
  @ApiOkResponse({ type: InvitationWithLinkResponse })
  @ApiBadRequestResponse({ description: 'By email without an address.' })
  @ApiNotFoundResponse({ description: 'There is no such invitation, or no longer.' })
  @ApiConflictResponse({ description: 'Somebody has this address by now.' })
  @ApiTooManyRequestsResponse({ description: 'The address has been sent enough emails for today.' })
  @ApiServiceUnavailableResponse({ description: 'This desk cannot send email.' })
  renew(
    @CurrentStaff() actor: StaffActor,
    @UuidParam('id') id: string,
    @Body() body: SendInvitationDto,
  ): Promise<InvitationWithLinkResponse> {
    return this.invitations.renew(actor, id, body);
  }

  /** Revokes an invitation: its link no longer works. */
  @Delete(':id')
  @HttpCode(204)
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'There is no such invitation, or no longer.' })
  async revoke(@CurrentStaff() actor: StaffActor, @UuidParam('id') id: string): Promise<void> {
    await this.invitations.revoke(actor, id);
  }
}
