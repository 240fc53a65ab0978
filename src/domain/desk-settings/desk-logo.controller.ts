import { Controller, Delete, Get, Param, Put, Res, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import {
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiProduces,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { invalidField } from '../../platform/http/errors/domain-error.js';
import { IgnoresToken } from '../../platform/http/security/route-access.js';
import { SkipLimits } from '../../platform/http/throttling/limit.decorator.js';
import { CurrentStaff, Public, SuperAdmin } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { DeskLogo } from './desk-logo.service.js';
import { DeskSettingsResponse } from './desk-settings.dto.js';

const FIELD = 'logo';
const MOST_BYTES = 5 * 1024 * 1024;
const ONE_FILE = { fileSize: MOST_BYTES, files: 1, fields: 0, parts: 2, headerPairs: 20 };

/** What is sent for a picture; the rest of the upload is not looked at. */
interface Upload {
  buffer: Buffer;
  mimetype: string;
}

@ApiTags('Desk')
@Controller('desk')
export class DeskLogoController {
  constructor(private readonly logo: DeskLogo) {}

  @Put('logo')
  @SuperAdmin()
  @UseInterceptors(FileInterceptor(FIELD, { limits: ONE_FILE }))
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Set the logo: PNG, JPEG, GIF or WebP up to 5 MB, kept as a WebP without metadata',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      properties: { [FIELD]: { type: 'string', format: 'binary' } },
      required: [FIELD],
    },
  })
  @ApiOkResponse({ type: DeskSettingsResponse })
  @ApiBadRequestResponse({ description: 'No file, or a broken or huge picture.' })
  @ApiPayloadTooLargeResponse({ description: 'More than 5 MB.' })
  @ApiUnsupportedMediaTypeResponse({ description: 'Not one of the four kinds of picture.' })
  set(
    @CurrentStaff() actor: StaffActor,
    @UploadedFile() file: Upload | undefined,
  ): Promise<DeskSettingsResponse> {
    if (file === undefined) throw invalidField(FIELD, 'Choose a picture.');
    return this.logo.set(actor, { bytes: file.buffer, type: file.mimetype });
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
  @IgnoresToken()
  @SkipLimits()
  @ApiOperation({ summary: 'A logo; its name is random and never used again' })
  @ApiProduces('image/webp')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiNotFoundResponse()
  async read(@Param('name') name: string, @Res() response: Response): Promise<void> {
    const bytes = await this.logo.read(name);
    response.set({
      'Content-Type': 'image/webp',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
    });
    response.send(bytes);
  }
}
