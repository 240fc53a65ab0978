import { Module } from '@nestjs/common';
import { PushModule } from '../../platform/push/push.module.js';
import { BrowsersController } from './browsers.controller.js';
import { BrowserSubscribers } from './browser-subscribers.service.js';
import { Browsers } from './browsers.service.js';
import { DevicesController } from './devices.controller.js';
import { Devices } from './devices.service.js';
import { PushDevices } from './push-devices.js';

@Module({
  imports: [PushModule],
  controllers: [DevicesController, BrowsersController],
  providers: [BrowserSubscribers, Browsers, Devices, PushDevices],
  exports: [BrowserSubscribers, PushDevices],
})
export class DevicesModule {}
