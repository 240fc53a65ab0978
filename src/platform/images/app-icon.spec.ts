import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { appIcon } from './app-icon.js';

test('a wide logo stands whole in the middle of its ground', async () => {
  const logo = await sharp({ create: { width: 200, height: 50, channels: 3, background: '#ff0000' } })
    .webp({ lossless: true })
    .toBuffer();
  const icon = await appIcon({ picture: logo, ground: '#0000ff', edge: 100 });
  const { data, info } = await sharp(icon).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3)];
  expect([info.format, info.width, info.height]).toEqual(['raw', 100, 100]);
  expect([at(50, 50), at(18, 50), at(82, 50)]).toEqual([
    [255, 0, 0],
    [255, 0, 0],
    [255, 0, 0],
  ]);
  expect([at(0, 0), at(50, 20), at(10, 50)]).toEqual([
    [0, 0, 255],
    [0, 0, 255],
    [0, 0, 255],
  ]);
});
