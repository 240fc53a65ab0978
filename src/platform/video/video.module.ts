import { Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { DirectVideoProvider } from './direct/direct.provider.js';
import { parseIceServers } from './direct/ice-servers.js';
import { IceServers } from './direct/turn-credentials.js';
import { createDirectProvider, selectVideoProvider } from './video-provider.factory.js';
import { VideoProbe } from './video-probe.js';
import { VIDEO_PROVIDER } from './port/video-provider.js';

/** Direct calls are always at hand too: for signalling, and for calls opened before the configuration changed. */
@Module({
  providers: [
    { provide: DirectVideoProvider, useFactory: createDirectProvider, inject: [CONFIG] },
    { provide: VIDEO_PROVIDER, useFactory: selectVideoProvider, inject: [CONFIG, DirectVideoProvider] },
    {
      provide: IceServers,
      useFactory: ({ video, secrets }: Config) =>
        new IceServers(
          parseIceServers(video.iceServers, { secret: video.turnSecret }),
          video.turnSecret,
          secrets.encryption,
        ),
      inject: [CONFIG],
    },
    VideoProbe,
  ],
  exports: [DirectVideoProvider, VIDEO_PROVIDER, IceServers],
})
export class VideoModule {}
