import { Controller, HttpCode, Inject, Post, Req, type RawBodyRequest } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { badRequest, notFound, unauthorized } from '../../platform/http/errors/domain-error.js';
import { IgnoresToken } from '../../platform/http/security/route-access.js';
import { SkipLimits } from '../../platform/http/throttling/limit.decorator.js';
import {
  VIDEO_PROVIDER,
  type VideoProvider,
  type VideoWebhookEvent,
} from '../../platform/video/port/video-provider.js';
import { VideoUnavailable, VideoWebhookRejected } from '../../platform/video/port/video.errors.js';
import { Public } from '../auth/access.decorator.js';
import { SuccessResponse } from '../tickets/ticket-shapes.js';
import { videoUnavailable } from './call.errors.js';
import { VideoWebhooks } from './video-webhooks.service.js';

/** Where video providers report. What counts is the signature over the raw body, never a token. */
@ApiTags('webhooks')
@Controller('webhooks')
export class VideoWebhooksController {
  constructor(
    private readonly webhooks: VideoWebhooks,
    @Inject(VIDEO_PROVIDER) private readonly video: VideoProvider,
  ) {}

  @Post('daily')
  @Public()
  @IgnoresToken()
  @SkipLimits()
  @HttpCode(200)
  @ApiOperation({ summary: 'Events of Daily rooms, signed by Daily' })
  @ApiOkResponse({ type: SuccessResponse })
  async daily(@Req() request: RawBodyRequest<Request>): Promise<SuccessResponse> {
    if (this.video.name !== 'daily') throw notFound('Webhook');
    await this.webhooks.receive('daily', await this.verify(request));
    return { success: true };
  }

  @Post('videosdk')
  @Public()
  @IgnoresToken()
  @SkipLimits()
  @HttpCode(200)
  @ApiOperation({ summary: 'Events of VideoSDK rooms, signed by VideoSDK' })
  @ApiOkResponse({ type: SuccessResponse })
  async videosdk(@Req() request: RawBodyRequest<Request>): Promise<SuccessResponse> {
    if (this.video.name !== 'videosdk') throw notFound('Webhook');
    await this.webhooks.receive('videosdk', await this.verify(request));
    return { success: true };
  }

  private async verify(request: RawBodyRequest<Request>): Promise<VideoWebhookEvent> {
    try {
      return await this.video.verifyWebhook(request.headers, request.rawBody ?? Buffer.alloc(0));
    } catch (error) {
      if (error instanceof VideoUnavailable) throw videoUnavailable(error);
      if (!(error instanceof VideoWebhookRejected)) throw error;
      throw error.reason === 'malformed'
        ? badRequest('This is not an event.')
        : unauthorized('The signature of this event is not valid.');
    }
  }
}
