import { Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { DirectVideoProvider } from './direct.provider.js';
import { ICE_SERVERS, parseIceServers } from './ice-servers.js';
import { createDirectProvider, selectVideoProvider } from './video-provider.factory.js';
import { VideoProbe } from './video-probe.js';
import { VIDEO_PROVIDER } from './video-provider.js';

/** Direct calls are always at hand too: for signalling, and for calls opened before the configuration changed. */
@Module({
  providers: [
    { provide: DirectVideoProvider, useFactory: createDirectProvider, inject: [CONFIG] },
    { provide: VIDEO_PROVIDER, useFactory: selectVideoProvider, inject: [CONFIG, DirectVideoProvider] },
    {
      provide: ICE_SERVERS,
      useFactory: (config: Config) => parseIceServers(config.video.iceServers),
      inject: [CONFIG],
    },
    VideoProbe,
  ],
  exports: [DirectVideoProvider, VIDEO_PROVIDER, ICE_SERVERS],
})
export class VideoModule {}
