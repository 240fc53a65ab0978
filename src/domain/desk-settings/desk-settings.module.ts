import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CurrentDeskSettings } from './current-desk-settings.service.js';
import { DeskLogoController } from './desk-logo.controller.js';
import { DeskLogo } from './desk-logo.service.js';
import { DeskSettingsController } from './desk-settings.controller.js';
import { DeskSettingsService } from './desk-settings.service.js';
import { PresenceModule } from '../presence/presence.module.js';
import { FirstStepsController } from './first-steps.controller.js';
import { FirstSteps } from './first-steps.service.js';
import { OpeningTimes } from './opening-times.service.js';

/** What the charity says of its desk: name, looks, greeting, business hours, pages that may carry the widget. */
@Module({
  imports: [AuditModule, PresenceModule],
  controllers: [DeskSettingsController, DeskLogoController, FirstStepsController],
  providers: [CurrentDeskSettings, DeskLogo, DeskSettingsService, FirstSteps, OpeningTimes],
  exports: [CurrentDeskSettings, OpeningTimes],
})
export class DeskSettingsModule {}
