import { Controller, Delete, Get, Param, Put, Res, UploadedFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  pictureIn,
  sendPicture,
  ShowsPicture,
  TakesPicture,
  type PictureUpload,
} from '../../platform/images/picture-upload.js';
import { CurrentStaff, Public, SuperAdmin } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { DeskLogo } from './desk-logo.service.js';
import { DeskSettingsResponse } from './desk-settings.dto.js';

const FIELD = 'logo';

@ApiTags('Desk')
@Controller('desk')
export class DeskLogoController {
  constructor(private readonly logo: DeskLogo) {}

  @Put('logo')
  @SuperAdmin()
  @TakesPicture(FIELD)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Set the logo: PNG, JPEG, GIF or WebP up to 5 MB, kept as a WebP without metadata',
  })
  @ApiOkResponse({ type: DeskSettingsResponse })
  set(
    @CurrentStaff() actor: StaffActor,
    @UploadedFile() file: PictureUpload | undefined,
  ): Promise<DeskSettingsResponse> {
    return this.logo.set(actor, pictureIn(FIELD, file));
  }

  @Delete('logo')
  @SuperAdmin()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Take the logo away' })
  @ApiOkResponse({ type: DeskSettingsResponse })
  remove(@CurrentStaff() actor: StaffActor): Promise<DeskSettingsResponse> {
    return this.logo.remove(actor);
  }

  @Get('logos/:name')
  @Public()
  @ShowsPicture()
  @ApiOperation({ summary: 'A logo; its name is random and never used again' })
  async read(@Param('name') name: string, @Res() response: Response): Promise<void> {
    sendPicture(response, await this.logo.read(name));
  }
}
