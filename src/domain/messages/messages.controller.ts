import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { anyOf } from '../../platform/http/any-of.js';
import { UuidParam } from '../../platform/http/validation/uuid-param.decorator.js';
import { Idempotent, ResourceId } from '../../platform/http/idempotency/idempotent.decorator.js';
import { Limit } from '../../platform/http/throttling/limit.decorator.js';
import { CurrentActor, CurrentStaff, Public } from '../auth/access.decorator.js';
import type { Actor, StaffActor } from '../auth/actor.js';
import { SuccessResponse } from '../tickets/ticket-shapes.js';
import {
  ListMessagesDto,
  MarkReadDto,
  PostMessageDto,
  PostNoteDto,
  UpdateMessageDto,
} from './message.dto.js';
import { MessagePosting } from './message-posting.service.js';
import {
  DonorMessageResponse,
  StaffMessageResponse,
  toMessage,
  type MessageResponse,
} from './message-shapes.js';
import { MessagesService } from './messages.service.js';
import { channelOf } from '../tickets/channel.js';
import { StaffMessages } from './staff-messages.service.js';

const byAudience = anyOf(StaffMessageResponse, DonorMessageResponse);

@ApiTags('messages')
@ApiBearerAuth()
@ApiExtraModels(StaffMessageResponse, DonorMessageResponse)
@Controller('tickets/:ticketId')
export class MessagesController {
  constructor(
    private readonly posting: MessagePosting,
    private readonly messages: MessagesService,
    private readonly staff: StaffMessages,
  ) {}

  @Post('messages')
  @Public()
  @Limit('messages')
  @Idempotent()
  @ApiOperation({
    summary: 'Send a message',
    description: 'The same clientMessageId again answers 200 with the first message.',
  })
  @ApiCreatedResponse({ schema: byAudience })
  async post(
    @CurrentActor() actor: Actor,
    @UuidParam('ticketId') ticketId: string,
    @Body() dto: PostMessageDto,
    @ResourceId() id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MessageResponse> {
    const { message, created } = await this.posting.post(actor, ticketId, { ...dto, id });
    response.status(created ? 201 : 200);
    return toMessage(actor, message);
  }

  @Get('messages')
  @Public()
  @Limit('conversations')
  @ApiOperation({ summary: 'The messages of a ticket, oldest first' })
  @ApiOkResponse({ schema: { type: 'array', items: byAudience } })
  list(
    @CurrentActor() actor: Actor,
    @UuidParam('ticketId') ticketId: string,
    @Query() query: ListMessagesDto,
  ): Promise<MessageResponse[]> {
    return this.messages.list(actor, ticketId, query);
  }

  @Post('messages/mark-read')
  @Public()
  @Limit('reads')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark what the other side wrote as read' })
  @ApiOkResponse({ type: SuccessResponse })
  async markRead(
    @CurrentActor() actor: Actor,
    @UuidParam('ticketId') ticketId: string,
    @Body() dto: MarkReadDto,
  ): Promise<SuccessResponse> {
    await this.messages.markRead(actor, ticketId, dto.senderType);
    return { success: true };
  }

  @Put('messages/:id')
  @Public()
  @ApiOperation({ summary: 'Staff: set isRead; the author: change the text' })
  @ApiOkResponse({ schema: byAudience })
  update(
    @CurrentActor() actor: Actor,
    @UuidParam('ticketId') ticketId: string,
    @UuidParam('id') id: string,
    @Body() dto: UpdateMessageDto,
  ): Promise<MessageResponse> {
    return this.messages.update(actor, ticketId, id, dto);
  }

  @Delete('messages/:id')
  @Public()
  @ApiOperation({ summary: 'Delete a message; a tombstone without text remains' })
  @ApiOkResponse({ schema: byAudience })
  delete(
    @CurrentActor() actor: Actor,
    @UuidParam('ticketId') ticketId: string,
    @UuidParam('id') id: string,
  ): Promise<MessageResponse> {
    return this.messages.delete(actor, ticketId, id);
  }

  @Post('notes')
  @Idempotent()
  @ApiOperation({ summary: 'Write an internal note; the donor never sees it' })
  @ApiCreatedResponse({ type: StaffMessageResponse })
  async note(
    @CurrentStaff() actor: StaffActor,
    @UuidParam('ticketId') ticketId: string,
    @Body() dto: PostNoteDto,
    @ResourceId() id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MessageResponse> {
    const { message, created } = await this.staff.note(actor, ticketId, {
      ...dto,
      id,
      channel: channelOf(actor, dto.channel),
    });
    response.status(created ? 201 : 200);
    return toMessage(actor, message);
  }
}
