import type { Config } from '../config/config.js';
import { DailyVideoProvider } from './daily/daily.provider.js';
import { DirectVideoProvider } from './direct/direct.provider.js';
import type { VideoProvider, VideoProviderName } from './port/video-provider.js';
import { VideosdkProvider } from './videosdk/videosdk.provider.js';

/** The part of Config that video needs. */
export type VideoConfig = Pick<Config, 'publicUrl' | 'video'> & { secrets: Pick<Config['secrets'], 'jwt'> };

export function createDirectProvider(config: VideoConfig): DirectVideoProvider {
  return new DirectVideoProvider({ publicUrl: config.publicUrl, jwtSecret: config.secrets.jwt });
}

/** Who carries calls: whom VIDEO_PROVIDER names; with `auto` the vendor that has a key, Daily first; else nobody but ourselves. */
export function chosenProvider({
  provider,
  dailyApiKey,
  videosdkApiKey,
}: Config['video']): VideoProviderName {
  if (provider !== 'auto') return provider;
  if (dailyApiKey !== undefined) return 'daily';
  return videosdkApiKey === undefined ? 'direct' : 'videosdk';
}

/** Throws, naming the setting, when a key is missing for the chosen provider. */
export function selectVideoProvider(config: VideoConfig, direct: DirectVideoProvider): VideoProvider {
  switch (chosenProvider(config.video)) {
    case 'direct':
      return direct;
    case 'daily':
      return createDaily(config);
    case 'videosdk':
      return createVideosdk(config);
  }
}

function createDaily({ video }: VideoConfig): VideoProvider {
  const { dailyApiKey, dailyApiUrl, dailyDomainId, dailyWebhookSecret } = video;
  if (dailyApiKey === undefined) throw new Error('VIDEO_PROVIDER=daily needs DAILY_API_KEY.');
  return new DailyVideoProvider({
    apiKey: dailyApiKey,
    apiUrl: dailyApiUrl,
    domainId: dailyDomainId,
    webhookSecret: dailyWebhookSecret,
  });
}

function createVideosdk({ video, publicUrl }: VideoConfig): VideoProvider {
  const { videosdkApiKey, videosdkSecretKey, videosdkApiUrl } = video;
  if (videosdkApiKey === undefined || videosdkSecretKey === undefined) {
    throw new Error('VIDEO_PROVIDER=videosdk needs VIDEOSDK_API_KEY and VIDEOSDK_SECRET_KEY.');
  }
  return new VideosdkProvider({
    apiKey: videosdkApiKey,
    secretKey: videosdkSecretKey,
    apiUrl: videosdkApiUrl,
    publicUrl,
  });
}
