import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiPayloadTooLargeResponse,
  ApiProduces,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { invalidField } from '../../../platform/http/errors/domain-error.js';
import { IgnoresToken } from '../../../platform/http/security/route-access.js';
import { SkipLimits } from '../../../platform/http/throttling/limit.decorator.js';
import { CurrentStaff, Public } from '../../auth/access.decorator.js';
import type { StaffActor } from '../../auth/actor.js';
import { StaffProfiles } from '../profiles/staff-profiles.service.js';
import { StaffProfileResponse } from '../profiles/staff-user.dto.js';
import { Avatars } from './avatars.service.js';

const FIELD = 'avatar';
const MOST_BYTES = 5 * 1024 * 1024;
const ONE_FILE = { fileSize: MOST_BYTES, files: 1, fields: 0, parts: 2, headerPairs: 20 };

/** What is sent for a picture; the rest of the upload is not looked at. */
interface Upload {
  buffer: Buffer;
  mimetype: string;
}

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
  @UseInterceptors(FileInterceptor(FIELD, { limits: ONE_FILE }))
  @ApiBearerAuth()
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: { [FIELD]: { type: 'string', format: 'binary' } },
      required: [FIELD],
    },
  })
  @ApiOkResponse({ type: StaffProfileResponse })
  @ApiBadRequestResponse({ description: 'No file, or a broken or huge picture.' })
  @ApiPayloadTooLargeResponse({ description: 'More than 5 MB.' })
  @ApiUnsupportedMediaTypeResponse({ description: 'Not one of the four kinds of picture.' })
  async set(
    @CurrentStaff() actor: StaffActor,
    @UploadedFile() file: Upload | undefined,
  ): Promise<StaffProfileResponse> {
    if (file === undefined) throw invalidField(FIELD, 'Choose a picture.');
    return this.profiles.ofActor(
      actor,
      await this.avatars.set(actor, { bytes: file.buffer, type: file.mimetype }),
    );
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
  @IgnoresToken()
  @SkipLimits()
  @ApiProduces('image/webp')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse()
  async read(@Param('name') name: string, @Res() response: Response): Promise<void> {
    const bytes = await this.avatars.read(name);
    response.set({
      'Content-Type': 'image/webp',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    });
    response.send(bytes);
  }
}
