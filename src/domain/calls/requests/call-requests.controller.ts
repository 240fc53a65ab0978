import { Body, Controller, Delete, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { UuidParam } from '../../../platform/http/validation/uuid-param.decorator.js';
import { Idempotent, ResourceId } from '../../../platform/http/idempotency/idempotent.decorator.js';
import { CurrentActor, CurrentStaff, Public } from '../../auth/access.decorator.js';
import type { Actor, StaffActor } from '../../auth/actor.js';
import {
  AcceptedCallRequestResponse,
  CallRequestResponse,
  RequestCallDto,
  WaitingCallRequestResponse,
} from './call-request.dto.js';
import { CallRequestAcceptance } from './call-request-acceptance.service.js';
import { CallRequests } from './call-requests.service.js';

@ApiTags('call requests')
@ApiBearerAuth()
@Controller()
export class CallRequestsController {
  constructor(
    private readonly requests: CallRequests,
    private readonly acceptance: CallRequestAcceptance,
  ) {}

  @Post('tickets/:id/call-requests')
  @Public()
  @Idempotent()
  @ApiOperation({ summary: 'Ask for a call', description: 'While one waits, answers 200 with that one.' })
  @ApiCreatedResponse({ type: CallRequestResponse })
  async request(
    @CurrentActor() actor: Actor,
    @UuidParam() ticketId: string,
    @Body() dto: RequestCallDto,
    @ResourceId() id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CallRequestResponse> {
    const { request, created } = await this.requests.request(actor, ticketId, dto, id);
    response.status(created ? 201 : 200);
    return request;
  }

  @Get('tickets/:id/call-requests')
  @Public()
  @ApiOperation({ summary: 'The call requests of a ticket, newest first' })
  @ApiOkResponse({ type: [CallRequestResponse] })
  ofTicket(@CurrentActor() actor: Actor, @UuidParam() ticketId: string): Promise<CallRequestResponse[]> {
    return this.requests.ofTicket(actor, ticketId);
  }

  @Get('call-requests')
  @ApiOperation({ summary: 'Who waits for an answer right now, longest first' })
  @ApiOkResponse({ type: [WaitingCallRequestResponse] })
  waiting(@CurrentStaff() _actor: StaffActor): Promise<WaitingCallRequestResponse[]> {
    return this.requests.waiting();
  }

  @Post('tickets/:id/call-requests/accept')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept the newest call request of a ticket' })
  @ApiOkResponse({ type: AcceptedCallRequestResponse })
  acceptLatest(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() ticketId: string,
  ): Promise<AcceptedCallRequestResponse> {
    return this.acceptance.acceptLatest(actor, ticketId);
  }

  @Post('call-requests/:id/accept')
  @HttpCode(200)
  @ApiOperation({ summary: 'Accept: take the ticket if it is free and open the call; one winner' })
  @ApiOkResponse({ type: AcceptedCallRequestResponse })
  accept(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<AcceptedCallRequestResponse> {
    return this.acceptance.accept(actor, id);
  }

  @Post('call-requests/:id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Decline a call request' })
  @ApiOkResponse({ type: CallRequestResponse })
  reject(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<CallRequestResponse> {
    return this.requests.reject(actor, id);
  }

  @Delete('call-requests/:id')
  @Public()
  @ApiOperation({ summary: 'Take a call request back' })
  @ApiOkResponse({ type: CallRequestResponse })
  cancel(@CurrentActor() actor: Actor, @UuidParam() id: string): Promise<CallRequestResponse> {
    return this.requests.cancel(actor, id);
  }
}
