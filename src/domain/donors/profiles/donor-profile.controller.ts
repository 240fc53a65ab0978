import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../../platform/http/validation/uuid-param.decorator.js';
import { CurrentStaff } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { DonorProfileResponse, UpdateDonorProfileDto } from './donor-profile.dto.js';
import { DonorProfiles } from './donor-profile.service.js';

/** The person behind a ticket, for staff. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets')
export class DonorProfileController {
  constructor(private readonly profiles: DonorProfiles) {}

  @Get(':id/donor')
  @ApiOperation({ summary: 'Read what is known of the donor of a ticket, on all their tickets' })
  @ApiOkResponse({ type: DonorProfileResponse })
  read(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<DonorProfileResponse> {
    return this.profiles.read(actor, id);
  }

  @Patch(':id/donor')
  @ApiOperation({ summary: 'Change what staff know about the donor of a ticket' })
  @ApiOkResponse({ type: DonorProfileResponse })
  update(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() id: string,
    @Body() body: UpdateDonorProfileDto,
  ): Promise<DonorProfileResponse> {
    return this.profiles.update(actor, id, body);
  }
}
