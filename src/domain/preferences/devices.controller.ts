import { Body, Controller, Delete, HttpCode, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { forbidden } from '../../platform/http/errors/domain-error.js';
import { CurrentActor, CurrentStaff, Donor } from '../auth/access.decorator.js';
import type { Actor, StaffActor } from '../auth/actor.js';
import { ForgetDeviceDto, RegisterDeviceDto } from './device.dto.js';
import { Devices } from './devices.service.js';

/** Where pushes go. */
@ApiTags('devices')
@ApiBearerAuth()
@Controller()
export class DevicesController {
  constructor(private readonly devices: Devices) {}

  @Put('users/me/fcm-token')
  @HttpCode(204)
  @ApiOperation({ summary: 'Push to this device of a member of staff; several a person' })
  @ApiNoContentResponse()
  async register(@CurrentStaff() actor: StaffActor, @Body() body: RegisterDeviceDto): Promise<void> {
    await this.devices.register(actor, body.token, body.platform ?? 'web');
  }

  @Delete('users/me/fcm-token')
  @HttpCode(204)
  @ApiOperation({ summary: 'No more pushes to this device, or to any of the caller’s' })
  @ApiNoContentResponse()
  async forget(@CurrentStaff() actor: StaffActor, @Body() body: ForgetDeviceDto): Promise<void> {
    await this.devices.forget(actor, body.token);
  }

  @Donor()
  @Put('donors/me/fcm-token')
  @HttpCode(204)
  @ApiOperation({ summary: 'Push to this device of a donor' })
  @ApiNoContentResponse()
  async registerDonor(@CurrentActor() actor: Actor, @Body() body: RegisterDeviceDto): Promise<void> {
    await this.devices.register(mustBeDonor(actor), body.token, body.platform ?? 'web');
  }

  @Donor()
  @Delete('donors/me/fcm-token')
  @HttpCode(204)
  @ApiOperation({ summary: 'No more pushes to this device of a donor, or to any of theirs' })
  @ApiNoContentResponse()
  async forgetDonor(@CurrentActor() actor: Actor, @Body() body: ForgetDeviceDto): Promise<void> {
    await this.devices.forget(mustBeDonor(actor), body.token);
  }
}

function mustBeDonor(actor: Actor): Actor {
  if (actor.kind !== 'donor') throw forbidden('This is for donors. Staff use users/me/fcm-token.');
  return actor;
}
