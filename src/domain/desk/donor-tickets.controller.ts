import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CatchUp } from '../../contract/events/event-payload.js';
import { UuidParam } from '../../platform/http/validation/uuid-param.decorator.js';
import { CurrentActor, Public } from '../auth/access.decorator.js';
import type { Actor } from '../auth/actor.js';
import { CatchUpDto, CatchUpResponse } from '../tickets/reading/catch-up.dto.js';
import { TicketLifecycleService } from '../tickets/working/ticket-lifecycle.service.js';
import { RateTicketDto } from '../tickets/working/ticket.dto.js';
import { DonorHistoryResponse } from '../tickets/ticket-shapes.js';
import { DonorTicketResponse } from './ticket-view-shapes.js';
import { TicketsService } from '../tickets/reading/tickets.service.js';
import { TicketViewService } from './ticket-view.service.js';

/** What a donor does with a ticket, with a donor token or by the ticket's key. */
@ApiTags('donor')
@ApiBearerAuth()
@Public()
@Controller('tickets')
export class DonorTicketsController {
  constructor(
    private readonly tickets: TicketsService,
    private readonly view: TicketViewService,
    private readonly lifecycle: TicketLifecycleService,
  ) {}

  @Get('donor/:donorId')
  @ApiOperation({
    summary: 'A donor’s tickets, newest first',
    description: 'Needs that donor’s token, or staff.',
  })
  @ApiOkResponse({ type: [DonorHistoryResponse] })
  history(@CurrentActor() actor: Actor, @Param('donorId') donorId: string): Promise<DonorHistoryResponse[]> {
    return this.tickets.historyOf(actor, donorId);
  }

  @Get(':id/donor/:donorId')
  @ApiOperation({ summary: 'A ticket as its donor sees it' })
  @ApiOkResponse({ type: DonorTicketResponse })
  read(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
    @Param('donorId') donorId: string,
  ): Promise<DonorTicketResponse> {
    return this.view.readAsDonor(actor, id, donorId);
  }

  @Put(':id/donor/:donorId/resolve')
  @ApiOperation({ summary: 'The donor says that it is solved; ends an open call' })
  @ApiOkResponse({ type: DonorTicketResponse })
  async resolve(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
    @Param('donorId') donorId: string,
  ): Promise<DonorTicketResponse> {
    return this.view.forDonor(actor, await this.lifecycle.resolve(actor, id, donorId));
  }

  @Post(':id/rating')
  @HttpCode(200)
  @ApiOperation({ summary: 'Rate a ticket that has ended; may be changed for 24 hours' })
  @ApiOkResponse({ type: DonorTicketResponse })
  async rate(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
    @Body() dto: RateTicketDto,
  ): Promise<DonorTicketResponse> {
    return this.view.forDonor(actor, await this.lifecycle.rate(actor, id, dto));
  }

  @Get(':id/events')
  @ApiOperation({ summary: 'Catch up: events after a sequence number of the reader’s own stream' })
  @ApiOkResponse({ type: CatchUpResponse })
  events(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
    @Query() query: CatchUpDto,
  ): Promise<CatchUp> {
    return this.tickets.events(
      actor,
      id,
      Number(query.after ?? 0),
      query.limit === undefined ? undefined : Number(query.limit),
    );
  }
}
