import { Body, Controller, Delete, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { anyOf } from '../../platform/http/any-of.js';
import { UuidParam } from '../../platform/http/validation/uuid-param.decorator.js';
import { CurrentActor, Public } from '../auth/access.decorator.js';
import type { Actor } from '../auth/actor.js';
import { DonorTicketResponse, StaffTicketResponse } from './ticket-view-shapes.js';
import { TicketViewService } from './ticket-view.service.js';
import { CallbackDto } from '../calls/requests/callback.dto.js';
import { Callbacks } from '../calls/requests/callbacks.service.js';

const byAudience = anyOf(StaffTicketResponse, DonorTicketResponse);

/** Calling a donor back: the donor asks and takes it back, staff plan it and say that it is done. */
@ApiTags('call requests')
@ApiBearerAuth()
@Public()
@ApiExtraModels(StaffTicketResponse, DonorTicketResponse)
@Controller('tickets/:id/callback')
export class CallbacksController {
  constructor(
    private readonly callbacks: Callbacks,
    private readonly view: TicketViewService,
  ) {}

  @Put()
  @ApiOperation({ summary: 'Ask for a callback, or say when and at which number' })
  @ApiOkResponse({ schema: byAudience })
  async request(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
    @Body() dto: CallbackDto,
  ): Promise<DonorTicketResponse | StaffTicketResponse> {
    return this.view.of(actor, await this.callbacks.request(actor, id, dto));
  }

  @Delete()
  @ApiOperation({ summary: 'Called back, or not wanted any more' })
  @ApiOkResponse({ schema: byAudience })
  async settle(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
  ): Promise<DonorTicketResponse | StaffTicketResponse> {
    return this.view.of(actor, await this.callbacks.settle(actor, id));
  }
}
