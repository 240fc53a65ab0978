import { describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { loadConfig } from '../config/config.js';
import { ConfigModule } from '../config/config.module.js';
import { HealthProbesModule } from '../health/probes/health-probes.module.js';
import { Metrics } from '../metrics/metrics.js';
import { DirectVideoProvider } from './direct/direct.provider.js';
import { IceServers } from './direct/turn-credentials.js';
import { VideoModule } from './video.module.js';
import { VIDEO_PROVIDER, type VideoProvider } from './port/video-provider.js';

const ENVIRONMENT = {
  NODE_ENV: 'test',
  PUBLIC_URL: 'https://desk.example/',
  JWT_SECRET: 'gTt9vZp4sXw1qLm7bNc3hRd8kFj5yAe2uOi6',
  ENCRYPTION_KEY: 'Qm5xV2cJ8rT1wZ4kL7pN0sD3fG6hB9yUe2aM',
};

/** Where figures go, without the route that shows them. */
@Global()
@Module({ providers: [Metrics], exports: [Metrics] })
class MetricsOnly {}

function compile(settings: Record<string, string>): Promise<TestingModule> {
  const config = loadConfig({ ...ENVIRONMENT, ...settings });
  return Test.createTestingModule({
    imports: [ConfigModule.register(config), HealthProbesModule, MetricsOnly, VideoModule],
  }).compile();
}

describe('VideoModule', () => {
  it.each([
    [{}, 'direct'],
    [{ DAILY_API_KEY: '' }, 'direct'],
    [{ DAILY_API_KEY: 'a-key' }, 'daily'],
    [{ VIDEO_PROVIDER: 'direct', DAILY_API_KEY: 'a-key' }, 'direct'],
    [{ VIDEO_PROVIDER: 'daily', DAILY_API_KEY: 'a-key' }, 'daily'],
  ])('with %j chooses %s', async (settings, name) => {
    const module = await compile(settings);
    expect(module.get<VideoProvider>(VIDEO_PROVIDER).name).toBe(name);
    await module.close();
  });

  it('says what Daily lacks', async () => {
    await expect(compile({ VIDEO_PROVIDER: 'daily' })).rejects.toThrow(
      'VIDEO_PROVIDER=daily needs DAILY_API_KEY',
    );
  });

  it('hands out the direct provider too, the same one, with the public address', async () => {
    const module = await compile({});
    const direct = module.get(DirectVideoProvider);
    expect(module.get<VideoProvider>(VIDEO_PROVIDER)).toBe(direct);
    const expiresAt = new Date(Date.now() + 60_000);
    const { url } = await direct.createRoom({ roomName: 'call-c1', callType: 'audio', expiresAt });
    expect(url).toBe('https://desk.example/call/call-c1');
    await module.close();
  });

  it('parses the ICE servers, and does not start with faulty ones', async () => {
    const module = await compile({ ICE_SERVERS: 'stun:stun.example' });
    expect(module.get(IceServers).issueFor('x')).toEqual([{ urls: ['stun:stun.example'] }]);
    await module.close();
    await expect(compile({ ICE_SERVERS: 'nonsense' })).rejects.toThrow('ICE_SERVERS: entry 1');
  });
});
