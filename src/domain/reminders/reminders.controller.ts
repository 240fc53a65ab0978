import { Controller, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { UuidParam } from '../../platform/http/validation/uuid-param.decorator.js';
import { CurrentStaff } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { RemindersService, type ReminderChannel } from './reminders.service.js';

class ReminderResponse {
  @ApiProperty({ enum: ['mail', 'push'], isArray: true, description: 'How the donor is reminded.' })
  channels!: ReminderChannel[];
}

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('tickets')
export class RemindersController {
  constructor(private readonly reminders: RemindersService) {}

  @Post(':id/reminder')
  @HttpCode(200)
  @ApiOperation({ summary: 'Remind the donor by push and mail, at most once in ten minutes' })
  @ApiOkResponse({ type: ReminderResponse })
  @ApiConflictResponse({ description: 'The ticket has ended, or the donor cannot be reached.' })
  @ApiTooManyRequestsResponse({ description: 'Reminded less than ten minutes ago.' })
  async remind(@CurrentStaff() actor: StaffActor, @UuidParam() id: string): Promise<ReminderResponse> {
    return { channels: await this.reminders.remind(actor, id) };
  }
}
