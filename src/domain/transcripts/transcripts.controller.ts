import { Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Response } from 'express';
import { LOCALES, type Locale } from '../../contract/locales.js';
import { DeskProfile } from '../../platform/desk-profile/desk-profile.js';
import { UuidParam } from '../../platform/http/validation/uuid-param.decorator.js';
import { CurrentActor, Donor } from '../auth/access.decorator.js';
import type { Actor } from '../auth/actor.js';
import { asHtml } from './transcript-html.js';
import { asText, type Transcript } from './transcript.js';
import { TranscriptMails } from './transcript-mails.service.js';
import { TranscriptsService } from './transcripts.service.js';

const FORMATS = ['txt', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

class TranscriptQueryDto {
  @ApiPropertyOptional({ enum: FORMATS, default: 'txt' })
  @IsOptional()
  @IsIn(FORMATS)
  format?: Format;

  @ApiPropertyOptional({
    enum: LOCALES,
    description:
      'The language of dates and of lines that nobody wrote, such as “The call has ended.” Without it donors read the one that they used last, staff English',
  })
  @IsOptional()
  @IsIn(LOCALES)
  locale?: Locale;
}

const WRITTEN: Record<
  Format,
  { type: string; write: (transcript: Transcript, colour: string | null) => string }
> = {
  txt: { type: 'text/plain; charset=utf-8', write: asText },
  html: { type: 'text/html; charset=utf-8', write: asHtml },
  json: { type: 'application/json; charset=utf-8', write: (transcript) => JSON.stringify(transcript) },
};

@ApiTags('donor')
@ApiBearerAuth()
@Donor()
@Controller('tickets')
export class TranscriptsController {
  constructor(
    private readonly transcripts: TranscriptsService,
    private readonly mails: TranscriptMails,
    private readonly profile: DeskProfile,
  ) {}

  @Get(':id/transcript')
  @ApiOperation({ summary: 'The whole conversation as a file; without notes, for donor and staff alike' })
  @ApiProduces('text/plain', 'text/html', 'application/json')
  @ApiOkResponse({ schema: { type: 'string' } })
  async read(
    @CurrentActor() actor: Actor,
    @UuidParam() id: string,
    @Query() { format = 'txt', locale }: TranscriptQueryDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<string> {
    const transcript = await this.transcripts.render(actor, id, locale);
    const { type, write } = WRITTEN[format];
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Disposition', `attachment; filename="${transcript.number}.${format}"`);
    // Whatever a browser makes of the file: nothing in it may run.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    return write(transcript, this.profile.current.colour);
  }

  @Post(':id/transcript')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Mail the conversation to the ticket’s own address',
    description: 'What the donor wrote is left out until the address is proven to be theirs.',
  })
  @ApiAcceptedResponse()
  async mail(@CurrentActor() actor: Actor, @UuidParam() id: string): Promise<void> {
    await this.mails.order(actor, id);
  }
}
