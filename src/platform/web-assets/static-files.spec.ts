import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { hashedFiles } from './static-files.js';

const CODE = 'export const answer = 42;'.repeat(50);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'static-files-'));
  writeFileSync(join(folder, 'page-1a2b.js'), CODE);
  writeFileSync(join(folder, 'page-1a2b.js.br'), brotliCompressSync(CODE));
});
afterEach(() => rmSync(folder, { recursive: true }));

const served = () => express().use('/assets', hashedFiles(folder));

test('a browser that takes Brotli gets the file as it was compressed, to be kept for a year', async () => {
  const { headers, text } = await request(served()).get('/assets/page-1a2b.js').set('Accept-Encoding', 'br');
  expect(headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': expect.stringContaining('javascript'),
    vary: expect.stringMatching(/accept-encoding/i),
  });
  expect(text).toBe(CODE);
});

test('others get it as it is', async () => {
  const { headers, text } = await request(served())
    .get('/assets/page-1a2b.js')
    .set('Accept-Encoding', 'identity');
  expect(headers).not.toHaveProperty('content-encoding');
  expect(text).toBe(CODE);
});

test.each(['br', 'identity'])(
  'a file that an upgrade has taken away is missing, for %s, and ends nothing',
  async (encoding) => {
    const app = served();
    rmSync(join(folder, 'page-1a2b.js'));
    rmSync(join(folder, 'page-1a2b.js.br'));
    const { status } = await request(app).get('/assets/page-1a2b.js').set('Accept-Encoding', encoding);
    expect(status).toBe(404);
  },
);

test.each(['/assets/', '/assets/../secret.txt', '/assets/%2e%2e/secret.txt', '/assets/.hidden'])(
  'nothing else is served: %s',
  async (path) => {
    writeFileSync(join(folder, '.hidden'), 'x');
    expect((await request(served()).get(path)).status).toBe(404);
  },
);
