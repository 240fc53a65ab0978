import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { anyOf } from '../../platform/http/any-of.js';
import { Limit } from '../../platform/http/throttling/limit.decorator.js';
import { CurrentActor, Donor } from '../auth/access.decorator.js';
import type { Actor } from '../auth/actor.js';
import { DonorUnreadResponse, StaffUnreadResponse } from './unread.dto.js';
import { Unread } from './unread.service.js';

@ApiTags('messages')
@ApiBearerAuth()
@ApiExtraModels(DonorUnreadResponse, StaffUnreadResponse)
@Controller('me')
export class UnreadController {
  constructor(private readonly unread: Unread) {}

  @Donor()
  @Get('unread')
  @Limit('reads')
  @ApiOperation({
    summary: 'What the caller has not read yet',
    description:
      'Staff: open tickets of theirs and of nobody, with a message or a call request of the donor since they marked it as read. ' +
      'Donors: tickets of theirs in which staff have written since. The last changed first, at most 100 of each kind.',
  })
  @ApiOkResponse({ schema: anyOf(StaffUnreadResponse, DonorUnreadResponse) })
  read(@CurrentActor() actor: Actor): Promise<StaffUnreadResponse | DonorUnreadResponse> {
    return this.unread.read(actor);
  }
}
