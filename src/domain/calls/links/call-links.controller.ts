import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../../auth/access.decorator.js';
import { SuccessShape } from '../../tickets/ticket-shapes.js';
import { CallLinkDto, LinkedCallShape } from './call-link.dto.js';
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
  @ApiOkResponse({ type: LinkedCallShape })
  open(@Body() { token }: CallLinkDto): Promise<LinkedCallShape> {
    return this.links.open(token);
  }

  @Post('join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take part in the call of a link' })
  @ApiOkResponse({ type: LinkedCallShape })
  join(@Body() { token }: CallLinkDto): Promise<LinkedCallShape> {
    return this.links.join(token);
  }

  @Post('end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the call of a link; ending twice is fine' })
  @ApiOkResponse({ type: SuccessShape })
  async end(@Body() { token }: CallLinkDto): Promise<SuccessShape> {
    await this.links.end(token);
    return { success: true };
  }
}
