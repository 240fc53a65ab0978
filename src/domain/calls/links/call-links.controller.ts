import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../auth/access.decorator.js';
import { SuccessResponse } from '../../tickets/ticket-shapes.js';
import { CallLinkDto, LinkedCallResponse } from './call-link.dto.js';
import { CallLinks } from './call-links.service.js';

/** For the page at /call/:roomName. Its token travels in the body: an address would end up in logs. */
@ApiTags('calls')
@Public()
@Controller('call-links')
export class CallLinksController {
  constructor(private readonly links: CallLinks) {}

  @Post('open')
  @HttpCode(200)
  @ApiOperation({ summary: 'Which call a link opens' })
  @ApiOkResponse({ type: LinkedCallResponse })
  open(@Body() { token }: CallLinkDto): Promise<LinkedCallResponse> {
    return this.links.open(token);
  }

  @Post('join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take part in the call of a link' })
  @ApiOkResponse({ type: LinkedCallResponse })
  join(@Body() { token }: CallLinkDto): Promise<LinkedCallResponse> {
    return this.links.join(token);
  }

  @Post('end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the call of a link; ending twice is fine' })
  @ApiOkResponse({ type: SuccessResponse })
  async end(@Body() { token }: CallLinkDto): Promise<SuccessResponse> {
    await this.links.end(token);
    return { success: true };
  }
}
