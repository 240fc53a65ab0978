import { Controller, Delete, Get, HttpCode, Param, Post, Res, UploadedFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  pictureIn,
  sendPicture,
  ShowsPicture,
  TakesPicture,
  type PictureUpload,
} from '../../../platform/images/picture-upload.js';
import { CurrentStaff, Public } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { StaffProfiles } from '../profiles/staff-profiles.service.js';
import { StaffProfileResponse } from '../profiles/staff-user.dto.js';
import { Avatars } from './avatars.service.js';

const FIELD = 'avatar';

@ApiTags('Users')
@Controller()
export class AvatarsController {
  constructor(
    private readonly avatars: Avatars,
    private readonly profiles: StaffProfiles,
  ) {}

  /** Sets the caller's picture: PNG, JPEG, GIF or WebP up to 5 MB, kept as a WebP of 256 × 256 without metadata. */
  @Post('users/me/avatar')
  @HttpCode(200)
  @TakesPicture(FIELD)
  @ApiBearerAuth()
  @ApiOkResponse({ type: StaffProfileResponse })
  async set(
    @CurrentStaff() actor: StaffActor,
    @UploadedFile() file: PictureUpload | undefined,
  ): Promise<StaffProfileResponse> {
    return this.profiles.ofActor(actor, await this.avatars.set(actor, pictureIn(FIELD, file)));
  }

  /** Takes the caller's picture away. */
  @Delete('users/me/avatar')
  @ApiBearerAuth()
  @ApiOkResponse({ type: StaffProfileResponse })
  async remove(@CurrentStaff() actor: StaffActor): Promise<StaffProfileResponse> {
    return this.profiles.ofActor(actor, await this.avatars.remove(actor));
  }

  /** A picture of a member of staff, for pages that show who answers; its name is random and never used again. */
  @Get('avatars/:name')
  @Public()
  @ShowsPicture()
  async read(@Param('name') name: string, @Res() response: Response): Promise<void> {
    sendPicture(response, await this.avatars.read(name));
  }
}
