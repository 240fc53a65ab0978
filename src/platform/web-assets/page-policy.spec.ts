import { expect, test } from '@jest/globals';
import type { Config } from '../config/config.js';
import { callPermissions, pagePolicy } from './page-policy.js';

const configWith = (video: Partial<Config['video']>) =>
  ({ publicUrl: 'https://desk.example.org', video }) as unknown as Config;

test('without a vendor, our pages alone may use the camera, and frame nobody', () => {
  const config = configWith({});
  expect(callPermissions(config)).toContain('camera=(self), microphone=(self), display-capture=(self), ');
  expect(callPermissions(config)).toContain('geolocation=()');
  expect(pagePolicy(config)).toContain("frame-src 'none'");
});

test('the frames of the configured vendors may use camera, microphone and screen', () => {
  const config = configWith({ dailyApiKey: 'k', videosdkApiKey: 'k' });
  const frames = '(self "https://*.daily.co" "https://embed.videosdk.live")';
  for (const feature of ['camera', 'microphone', 'display-capture'])
    expect(callPermissions(config)).toContain(`${feature}=${frames}`);
  expect(pagePolicy(config)).toContain('frame-src https://*.daily.co https://embed.videosdk.live');
});
