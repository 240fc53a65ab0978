import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { CONFIG } from '../../platform/config/config.module.js';
import type { PublicDesk } from '../../platform/config/public-address.js';
import { anyOf } from '../../platform/http/any-of.js';
import { pageHeaders } from '../../platform/http/pagination/page-headers.js';
import { UuidParam } from '../../platform/http/validation/uuid-param.decorator.js';
import { Idempotent, ResourceId } from '../../platform/http/idempotency/idempotent.decorator.js';
import { CurrentActor, CurrentStaff, Public } from '../auth/access.decorator.js';
import type { Actor, StaffActor } from '../auth/actor.js';
import { DonorCallResponse, StaffCallResponse } from './rooms/call-shapes.js';
import { CreateCallDto, JoinedCallResponse, ListCallsDto, UpdateCallDto } from './call.dto.js';
import { CallSessions } from './call-sessions.service.js';
import { CallsService, type CallResponse } from './calls.service.js';

const byRole = anyOf(StaffCallResponse, DonorCallResponse);

@ApiTags('calls')
@ApiBearerAuth()
@ApiExtraModels(StaffCallResponse, DonorCallResponse)
@Controller('calls')
export class CallsController {
  constructor(
    private readonly calls: CallsService,
    private readonly sessions: CallSessions,
    @Inject(CONFIG) private readonly desk: PublicDesk,
  ) {}

  @Post()
  @Public()
  @Idempotent()
  @ApiOperation({ summary: 'Start a call', description: 'While one is open, answers 200 with that one.' })
  @ApiCreatedResponse({ schema: byRole })
  async start(
    @CurrentActor() actor: Actor,
    @Body() dto: CreateCallDto,
    @ResourceId() startId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CallResponse> {
    const { call, created } = await this.calls.start(actor, dto, startId);
    response.status(created ? 201 : 200);
    return call;
  }

  @Get()
  @ApiOperation({
    summary: 'All calls, newest first',
    description: 'Total in X-Total-Count, the next page in Link.',
  })
  @ApiOkResponse({ type: [StaffCallResponse] })
  async list(
    @CurrentStaff() actor: StaffActor,
    @Query() query: ListCallsDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StaffCallResponse[]> {
    const page = await this.calls.list(actor, query);
    response.set(pageHeaders(page, { desk: this.desk, path: '/api/v1/calls', query }));
    return page.items;
  }

  @Get('ticket/:ticketId')
  @Public()
  @ApiOperation({ summary: 'The calls of a ticket, oldest first' })
  @ApiOkResponse({ schema: { type: 'array', items: byRole } })
  ofTicket(@CurrentActor() actor: Actor, @UuidParam('ticketId') ticketId: string): Promise<CallResponse[]> {
    return this.calls.ofTicket(actor, ticketId);
  }

  @Get(':id')
  @Public()
  @ApiOperation({ summary: 'One call' })
  @ApiOkResponse({ schema: byRole })
  read(@CurrentActor() actor: Actor, @UuidParam() id: string): Promise<CallResponse> {
    return this.calls.read(actor, id);
  }

  @Put(':id')
  @ApiOperation({ summary: 'Set a call’s status; ended ends it' })
  @ApiOkResponse({ type: StaffCallResponse })
  update(
    @CurrentStaff() actor: StaffActor,
    @UuidParam() id: string,
    @Body() dto: UpdateCallDto,
  ): Promise<CallResponse> {
    return this.sessions.update(actor, id, dto.status);
  }

  @Post(':id/end')
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'End a call; ending twice gives the first end' })
  @ApiOkResponse({ schema: byRole })
  end(@CurrentActor() actor: Actor, @UuidParam() id: string): Promise<CallResponse> {
    return this.sessions.end(actor, id);
  }

  @Post(':id/join')
  @Public()
  @HttpCode(200)
  @ApiOperation({ summary: 'Enter a call: a fresh token for your role' })
  @ApiOkResponse({ type: JoinedCallResponse })
  join(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
  ): Promise<Omit<JoinedCallResponse, 'adminToken'>> {
    return this.sessions.join(actor, id);
  }

  @Delete(':id/room')
  @ApiOperation({ summary: 'End the call and close its room' })
  @ApiOkResponse({ type: StaffCallResponse })
  deleteRoom(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<CallResponse> {
    return this.sessions.end(actor, id, 'room_deleted');
  }
}
