import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONFIG } from '../../platform/config/config.module.js';
import type { PublicDesk } from '../../platform/config/public-address.js';
import { pageHeaders } from '../../platform/http/pagination/page-headers.js';
import type { Response } from 'express';
import { CurrentStaff } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { StaffMessageResponse, type MessageResponse } from './message-shapes.js';
import { BetweenParamsDto, BetweenQueryDto } from './messages-between.dto.js';
import { MessagesBetween } from './messages-between.service.js';

@ApiTags('messages')
@ApiBearerAuth()
@Controller('messages')
export class MessagesBetweenController {
  constructor(
    private readonly messages: MessagesBetween,
    @Inject(CONFIG) private readonly desk: PublicDesk,
  ) {}

  @Get('between/:userId1/:userId2')
  @ApiOperation({
    summary: 'What two people wrote to each other',
    description:
      'Text messages of both on the tickets that both are on, newest first; notes are not exchanged with anybody. ' +
      'The next page is in Link.',
  })
  @ApiOkResponse({ type: [StaffMessageResponse] })
  async between(
    @CurrentStaff() actor: StaffActor,
    @Param() { userId1, userId2 }: BetweenParamsDto,
    @Query() query: BetweenQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MessageResponse[]> {
    const page = await this.messages.between(actor, userId1, userId2, query);
    const path =
      `/api/v1/messages/between/${encodeURIComponent(userId1)}/${encodeURIComponent(userId2)}` as const;
    response.set(pageHeaders(page, { desk: this.desk, path, query }));
    return page.items;
  }
}
