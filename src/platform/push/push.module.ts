import { Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { FcmPusher } from './fcm.provider.js';
import { NoPush } from './no-push.provider.js';
import { PushProbe } from './push-probe.js';
import { PushServices } from './push-services.js';
import { Pusher } from './pusher.js';
import { VapidKeys } from './web/vapid-keys.js';
import { WebPushProbe } from './web/web-push-probe.js';
import { WebPusher } from './web/web-pusher.js';

/** The pusher that the configuration asks for. */
export function createPusher({ push }: Pick<Config, 'push'>): Pusher {
  const { projectId, clientEmail, privateKey, apiUrl } = push;
  if (projectId === undefined || clientEmail === undefined || privateKey === undefined) return new NoPush();
  return new FcmPusher({ projectId, clientEmail, privateKey, apiUrl });
}

@Module({
  providers: [
    { provide: Pusher, useFactory: createPusher, inject: [CONFIG] },
    PushProbe,
    PushServices,
    VapidKeys,
    WebPusher,
    WebPushProbe,
  ],
  exports: [Pusher, PushServices, WebPusher],
})
export class PushModule {}
