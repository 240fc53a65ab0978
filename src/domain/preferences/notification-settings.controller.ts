import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Mailer } from '../../platform/mail/mailer.js';
import { PushServices } from '../../platform/push/push-services.js';
import { CurrentStaff } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { NotificationSettingsDto, NotificationSettingsResponse } from './notification-settings.dto.js';
import { NotificationSettings } from './notification-settings.service.js';

@ApiTags('notifications')
@ApiBearerAuth()
@Controller('users/me/notifications')
export class NotificationSettingsController {
  constructor(
    private readonly settings: NotificationSettings,
    private readonly mailer: Mailer,
    private readonly pushes: PushServices,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What the caller is notified of, by which channel, and when not' })
  @ApiOkResponse({ type: NotificationSettingsResponse })
  async read(@CurrentStaff() actor: StaffActor): Promise<NotificationSettingsResponse> {
    const available = {
      push: this.pushes.isConfigured,
      mail: this.mailer.isConfigured,
      webPush: this.pushes.browsers.isConfigured,
    };
    return { ...(await this.settings.read(actor.id)), available };
  }

  @Put()
  @ApiOperation({ summary: 'Replace my notification settings' })
  @ApiOkResponse({ type: NotificationSettingsResponse })
  async write(
    @CurrentStaff() actor: StaffActor,
    @Body() body: NotificationSettingsDto,
  ): Promise<NotificationSettingsResponse> {
    await this.settings.set(actor.id, body);
    return this.read(actor);
  }
}
