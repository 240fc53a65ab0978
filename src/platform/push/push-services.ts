import { Injectable } from '@nestjs/common';
import { Pusher } from './pusher.js';
import { WebPusher } from './web/web-pusher.js';

/** The ways to a device: FCM for apps, a browser's own push service for dashboards. */
@Injectable()
export class PushServices {
  constructor(
    readonly phones: Pusher,
    readonly browsers: WebPusher,
  ) {}

  get isConfigured(): boolean {
    return this.phones.isConfigured || this.browsers.isConfigured;
  }
}
