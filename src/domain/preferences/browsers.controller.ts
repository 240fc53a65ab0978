import { Body, Controller, Delete, Get, HttpCode, Inject, Put } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { SealBroken } from '../../platform/crypto/secret-box.js';
import { DomainError, invalidField, unavailable } from '../../platform/http/errors/domain-error.js';
import { areSubscriptionKeys, isPushEndpoint } from '../../platform/push/web/push-endpoint.js';
import { WebPusher } from '../../platform/push/web/web-pusher.js';
import { CurrentStaff } from '../auth/access.decorator.js';
import type { StaffActor } from '../auth/actor.js';
import { ForgetBrowserDto, RegisterBrowserDto, WebPushKeyResponse } from './browser.dto.js';
import { Browsers } from './browsers.service.js';

/** Pushes to browsers of staff by their own push services (Web Push, VAPID). */
@ApiTags('devices')
@ApiBearerAuth()
@Controller('users/me/web-push')
export class BrowsersController {
  constructor(
    private readonly browsers: Browsers,
    private readonly pusher: WebPusher,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The key that a browser subscribes to' })
  @ApiOkResponse({ type: WebPushKeyResponse })
  @ApiNotFoundResponse({ description: 'Web push is switched off (WEB_PUSH).' })
  async key(): Promise<WebPushKeyResponse> {
    this.mustBeOn();
    return { publicKey: await this.pusher.publicKey().catch(explained) };
  }

  @Put()
  @HttpCode(204)
  @ApiOperation({ summary: 'Push to this browser of a member of staff; several a person' })
  @ApiNoContentResponse()
  async register(@CurrentStaff() actor: StaffActor, @Body() body: RegisterBrowserDto): Promise<void> {
    const { endpoint, keys } = body;
    this.mustBeOn();
    if (!isPushEndpoint(endpoint, this.config.webPush.local))
      throw invalidField('endpoint', 'endpoint must be the https address of a push service on the internet');
    if (!areSubscriptionKeys(keys))
      throw invalidField('keys', 'keys must be as the PushSubscription of the browser says them');
    await this.browsers.register(actor, { endpoint, p256dh: keys.p256dh, auth: keys.auth });
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'No more pushes to this browser, or to any of the caller’s' })
  @ApiNoContentResponse()
  async forget(@CurrentStaff() actor: StaffActor, @Body() body: ForgetBrowserDto): Promise<void> {
    await this.browsers.forget(actor, body.endpoint);
  }

  private mustBeOn(): void {
    if (this.pusher.isConfigured) return;
    const message = 'Pushes to browsers are switched off on this desk. Set WEB_PUSH=on to have them.';
    throw new DomainError({ code: 'NOT_FOUND', status: 404, message });
  }
}

function explained(error: unknown): never {
  if (!(error instanceof SealBroken)) throw error;
  throw unavailable('The keys of web push were sealed under another ENCRYPTION_KEY. Set that one again.');
}
