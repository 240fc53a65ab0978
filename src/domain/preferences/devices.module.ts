import { Module } from '@nestjs/common';
import { DevicesController } from './devices.controller.js';
import { Devices } from './devices.service.js';
import { PushDevices } from './push-devices.js';

@Module({ controllers: [DevicesController], providers: [Devices, PushDevices], exports: [PushDevices] })
export class DevicesModule {}
