import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Limit } from '../../../platform/http/throttling/limit.decorator.js';
import { UuidParam } from '../../../platform/http/validation/uuid-param.decorator.js';
import { CurrentStaff } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { DraftsResponse, SaveDraftDto } from './drafts.dto.js';
import { Drafts } from './drafts.service.js';

@ApiTags('messages')
@ApiBearerAuth()
@Controller('tickets/:ticketId/drafts')
export class DraftsController {
  constructor(private readonly drafts: Drafts) {}

  @Get()
  @Limit('reads')
  @ApiOperation({ summary: 'What the caller has written on a ticket and not sent yet' })
  @ApiOkResponse({ type: DraftsResponse })
  read(@CurrentStaff() actor: StaffActor, @UuidParam('ticketId') ticketId: string): Promise<DraftsResponse> {
    return this.drafts.read(actor, ticketId);
  }

  @Put()
  @Limit('reads')
  @ApiOperation({ summary: 'Keep a text that is not sent yet, for the caller’s other devices' })
  @ApiOkResponse({ type: DraftsResponse })
  save(
    @CurrentStaff() actor: StaffActor,
    @UuidParam('ticketId') ticketId: string,
    @Body() dto: SaveDraftDto,
  ): Promise<DraftsResponse> {
    return this.drafts.save(actor, ticketId, dto);
  }
}
