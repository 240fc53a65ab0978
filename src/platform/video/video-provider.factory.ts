import type { Config } from '../config/config.js';
import { DailyVideoProvider } from './daily.provider.js';
import { DirectVideoProvider } from './direct.provider.js';
import type { VideoProvider } from './video-provider.js';

/** The part of Config that video needs. */
export type VideoConfig = Pick<Config, 'publicUrl' | 'video'> & { secrets: Pick<Config['secrets'], 'jwt'> };

export function createDirectProvider(config: VideoConfig): DirectVideoProvider {
  return new DirectVideoProvider({ publicUrl: config.publicUrl, jwtSecret: config.secrets.jwt });
}

/** Daily when it is asked for, or `auto` finds its key; direct otherwise. Throws when Daily is asked for without a key. */
export function selectVideoProvider(config: VideoConfig, direct: DirectVideoProvider): VideoProvider {
  const { provider, dailyApiKey, dailyApiUrl, dailyDomainId, dailyWebhookSecret } = config.video;
  if (provider === 'direct' || (provider === 'auto' && dailyApiKey === undefined)) return direct;
  if (dailyApiKey === undefined) throw new Error('VIDEO_PROVIDER=daily needs DAILY_API_KEY.');
  return new DailyVideoProvider({
    apiKey: dailyApiKey,
    apiUrl: dailyApiUrl,
    domainId: dailyDomainId,
    webhookSecret: dailyWebhookSecret,
  });
}
