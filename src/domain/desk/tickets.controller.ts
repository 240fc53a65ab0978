import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { CONFIG } from '../../platform/config/config.module.js';
import type { PublicDesk } from '../../platform/config/public-address.js';
import { UuidParam } from '../../platform/http/validation/uuid-param.decorator.js';
import { Idempotent, ResourceId } from '../../platform/http/idempotency/idempotent.decorator.js';
import { Limit } from '../../platform/http/throttling/limit.decorator.js';
import { CurrentActor, CurrentStaff, Donor, Public } from '../auth/access.decorator.js';
import type { Actor, StaffActor } from '../auth/actor.js';
import { ListTicketsDto } from '../tickets/reading/list-tickets.dto.js';
import { pageHeaders } from '../../platform/http/pagination/page-headers.js';
import { TicketIntake } from './ticket-intake.service.js';
import { TicketDeletionService } from '../tickets/working/ticket-deletion.service.js';
import { TicketUpdateService } from '../tickets/working/ticket-update.service.js';
import { CreateTicketDto } from './create-ticket.dto.js';
import { UpdateTicketDto } from '../tickets/working/ticket.dto.js';
import { CreatedTicketResponse, DonorTicketResponse, StaffTicketResponse } from './ticket-view-shapes.js';
import { DelegatedTicketResponse, SuccessResponse } from '../tickets/ticket-shapes.js';
import { TicketViewService } from './ticket-view.service.js';
import { KnownCategoryPipe } from '../taxonomy/known-category.pipe.js';
import { KnownTeamPipe } from '../taxonomy/known-team.pipe.js';
import { TicketsService } from '../tickets/reading/tickets.service.js';

const eitherOf = (shape: typeof StaffTicketResponse | typeof DonorTicketResponse) => [
  { $ref: getSchemaPath(shape) },
  { allOf: [{ $ref: getSchemaPath(shape) }, { $ref: getSchemaPath(DelegatedTicketResponse) }] },
];
/** Bearers of delegated tokens read the fields of their API beside ours. */
const ANY_TICKET = { anyOf: [...eitherOf(StaffTicketResponse), ...eitherOf(DonorTicketResponse)] };

@ApiTags('tickets')
@ApiBearerAuth()
@ApiExtraModels(StaffTicketResponse, DonorTicketResponse, DelegatedTicketResponse)
@Controller('tickets')
export class TicketsController {
  constructor(
    private readonly intake: TicketIntake,
    private readonly tickets: TicketsService,
    private readonly view: TicketViewService,
    private readonly updates: TicketUpdateService,
    private readonly deletion: TicketDeletionService,
    @Inject(CONFIG) private readonly desk: PublicDesk,
  ) {}

  @Post()
  @Public()
  @Limit('tickets')
  @Idempotent()
  @ApiOperation({ summary: 'Open a ticket, without an account' })
  @ApiCreatedResponse({ type: CreatedTicketResponse })
  create(
    @CurrentActor() actor: Actor,
    @Body(KnownCategoryPipe) dto: CreateTicketDto,
    @ResourceId() id: string,
  ): Promise<CreatedTicketResponse> {
    return this.intake.create(actor, dto, id);
  }

  @Get()
  @Donor()
  @ApiOperation({
    summary: 'Staff: all tickets; a donor token: its own',
    description: 'Totals in X-Total-Count, the next page in Link.',
  })
  @ApiOkResponse({
    schema: { type: 'array', items: ANY_TICKET },
  })
  async list(
    @CurrentActor() actor: Actor,
    @Query(KnownTeamPipe) query: ListTicketsDto,
    @Res({ passthrough: true }) response: Response,
  ) {
    const page = await this.tickets.list(actor, query);
    response.set(pageHeaders(page, { desk: this.desk, path: '/api/v1/tickets', query }));
    return page.items;
  }

  @Get(':id')
  @Donor()
  @ApiOperation({ summary: 'One ticket, with its open call' })
  @ApiOkResponse({ schema: ANY_TICKET })
  read(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
  ): Promise<StaffTicketResponse | DonorTicketResponse> {
    return this.view.read(actor, id);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Change fields of a ticket' })
  @ApiOkResponse({ type: StaffTicketResponse })
  async update(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() id: string,
    @Body(KnownCategoryPipe, KnownTeamPipe) dto: UpdateTicketDto,
  ): Promise<StaffTicketResponse> {
    return this.view.forStaff(actor, await this.updates.update(actor, id, dto));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change fields of a ticket' })
  @ApiOkResponse({ type: StaffTicketResponse })
  patch(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() id: string,
    @Body(KnownCategoryPipe, KnownTeamPipe) dto: UpdateTicketDto,
  ): Promise<StaffTicketResponse> {
    return this.update(actor, id, dto);
  }

  @Delete(':id')
  @HttpCode(200)
  @ApiOperation({ summary: 'Delete a ticket permanently; super admins only' })
  @ApiOkResponse({ type: SuccessResponse })
  async delete(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<SuccessResponse> {
    await this.deletion.delete(actor, id);
    return { success: true };
  }
}
