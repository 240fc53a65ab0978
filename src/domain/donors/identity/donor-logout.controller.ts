import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiForbiddenResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { UuidParam } from '../../../platform/http/validation/uuid-param.decorator.js';
import { CurrentActor, CurrentStaff, Donor } from '../../auth/access.decorator.js';
import type { Actor, StaffActor } from '../../auth/actor.js';
import { DonorLogout } from './donor-logout.service.js';
import { DonorLogoutDto, DonorSessionsEndedResponse } from './identity.dto.js';

/** How donor sessions are ended. */
@ApiTags('donor')
@ApiBearerAuth()
@Controller()
export class DonorLogoutController {
  constructor(private readonly logout: DonorLogout) {}

  @Donor()
  @Post('auth/donor/logout')
  @HttpCode(200)
  @ApiOperation({ summary: 'End this donor session, or all of the same proven identity' })
  @ApiOkResponse({ type: DonorSessionsEndedResponse })
  @ApiUnauthorizedResponse({ description: 'No donor token, or one that has ended already.' })
  @ApiForbiddenResponse({ description: 'The token is for staff.' })
  async own(
    @CurrentActor() actor: Actor,
    @Body() { everywhere = false }: DonorLogoutDto,
  ): Promise<DonorSessionsEndedResponse> {
    return { ended: await this.logout.own(actor, everywhere) };
  }

  @Post('tickets/:id/donor/logout')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign the donor of a ticket out on all devices' })
  @ApiOkResponse({ type: DonorSessionsEndedResponse })
  async ofTicket(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() id: string,
  ): Promise<DonorSessionsEndedResponse> {
    return { ended: await this.logout.ofTicket(actor, id) };
  }
}
