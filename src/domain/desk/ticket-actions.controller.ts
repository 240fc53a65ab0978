import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../platform/http/validation/uuid-param.decorator.js';
import { Idempotent, ResourceId } from '../../platform/http/idempotency/idempotent.decorator.js';
import { CurrentStaff } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { BulkDto, BulkResultResponse } from '../tickets/working/bulk.dto.js';
import { TicketAssignmentService } from '../tickets/working/ticket-assignment.service.js';
import { TicketBulkService } from '../tickets/working/ticket-bulk.service.js';
import { TicketLifecycleService } from '../tickets/working/ticket-lifecycle.service.js';
import { AssignTicketDto, TransferTicketDto } from '../tickets/working/ticket.dto.js';
import { StaffTicketResponse } from './ticket-view-shapes.js';
import { TicketViewService } from './ticket-view.service.js';
import { TransferResponse, TransfersService } from '../tickets/working/transfers.service.js';

/** The verbs of staff. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets')
export class TicketActionsController {
  constructor(
    private readonly assignment: TicketAssignmentService,
    private readonly lifecycle: TicketLifecycleService,
    private readonly transfers: TransfersService,
    private readonly bulk: TicketBulkService,
    private readonly view: TicketViewService,
  ) {}

  @Post('bulk')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same change to many tickets; each succeeds or fails alone' })
  @ApiOkResponse({ type: [BulkResultResponse] })
  runBulk(@CurrentStaff() actor: StaffActor, @Body() dto: BulkDto): Promise<BulkResultResponse[]> {
    return this.bulk.runBulk(actor, dto);
  }

  @Put(':id/assign')
  @ApiOperation({ summary: 'Accept a ticket, or give it to a colleague' })
  @ApiOkResponse({ type: StaffTicketResponse })
  async assign(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() id: string,
    @Body() dto: AssignTicketDto,
  ): Promise<StaffTicketResponse> {
    return this.view.forStaff(actor, await this.assignment.assign(actor, id, dto.adminId));
  }

  @Post(':id/transfer')
  @HttpCode(200)
  @Idempotent()
  @ApiOperation({ summary: 'Hand a ticket to another admin' })
  @ApiOkResponse({ type: StaffTicketResponse })
  async transfer(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() id: string,
    @Body() { toAdminId, transferNotes }: TransferTicketDto,
    @ResourceId() transferId: string,
  ): Promise<StaffTicketResponse> {
    const transfer = { id: transferId, toAdminId, notes: transferNotes ?? null };
    return this.view.forStaff(actor, await this.assignment.transfer(actor, id, transfer));
  }

  @Get(':id/transfers')
  @ApiOperation({ summary: 'Who handed the ticket to whom' })
  @ApiOkResponse({ type: [TransferResponse] })
  transferHistory(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<TransferResponse[]> {
    return this.transfers.listOfTicket(actor, id);
  }

  @Put(':id/resolve')
  @ApiOperation({ summary: 'Mark as resolved; ends an open call' })
  @ApiOkResponse({ type: StaffTicketResponse })
  async resolve(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<StaffTicketResponse> {
    return this.view.forStaff(actor, await this.lifecycle.resolve(actor, id));
  }

  @Put(':id/close')
  @ApiOperation({ summary: 'Close; ends an open call' })
  @ApiOkResponse({ type: StaffTicketResponse })
  async close(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<StaffTicketResponse> {
    return this.view.forStaff(actor, await this.lifecycle.close(actor, id));
  }

  @Put(':id/reopen')
  @ApiOperation({ summary: 'Open a resolved, closed or cancelled ticket again' })
  @ApiOkResponse({ type: StaffTicketResponse })
  async reopen(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<StaffTicketResponse> {
    return this.view.forStaff(actor, await this.lifecycle.reopen(actor, id));
  }

  @Put(':id/cancel')
  @ApiOperation({ summary: 'Cancel: spam, duplicate or invalid' })
  @ApiOkResponse({ type: StaffTicketResponse })
  async cancel(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<StaffTicketResponse> {
    return this.view.forStaff(actor, await this.lifecycle.cancel(actor, id));
  }
}
