import { readdirSync, rmSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { createStaff } from '../factories/staff.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, personOf, type Desk, type Person } from '../support/desk.js';
import { httpRequest } from '../support/http.js';

let desk: Desk;
let me: Person;
const dataDir = mkdtempSync(join(tmpdir(), 'concierge-avatars-'));
beforeAll(async () => {
  desk = await openDesk({ dataDir });
  me = personOf(desk.server, await createStaff(desk.server.app));
});
afterAll(async () => {
  await desk.close();
  rmSync(dataDir, { recursive: true });
});

interface Sent {
  type?: string;
  name?: string;
  field?: string;
}

/** `body` is the profile that comes back, or the refusal. */
async function upload(bytes: Uint8Array, sent: Sent = {}) {
  const { type = 'image/png', name = 'me.png', field = 'avatar' } = sent;
  const form = new FormData();
  form.append(field, new Blob([new Uint8Array(bytes)], { type }), name);
  const response = await httpRequest(`${desk.server.url}/api/v1/users/me/avatar`, {
    method: 'POST',
    headers: me.headers,
    body: form,
  });
  const body = (await response.json()) as { avatar: string; error: string };
  return { status: response.status, body, headers: response.headers };
}

const picture = (format: 'png' | 'jpeg' | 'gif' | 'webp', width = 40, height = 20): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } })
    [format]()
    .toBuffer();

const files = (): string[] => {
  try {
    return readdirSync(join(dataDir, 'files', 'avatars'));
  } catch {
    return [];
  }
};

describe('a picture', () => {
  test.each(['png', 'jpeg', 'gif', 'webp'] as const)('%s becomes a small WebP', async (format) => {
    const { status, body } = await upload(await picture(format), { type: `image/${format}` });
    expect({ status, avatar: body.avatar }).toEqual({
      status: 200,
      avatar: expect.stringMatching(/^\/api\/v1\/avatars\/[\w-]{22}\.webp$/),
    });
    const response = await httpRequest(desk.server.url + body.avatar);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
    });
    const { width, height, format: kept, exif } = await sharp(await response.arrayBuffer()).metadata();
    expect({ width, height, kept, exif }).toEqual({ width: 256, height: 256, kept: 'webp', exif: undefined });
  });

  test('loses where it was taken, and keeps its right side up', async () => {
    const turned = await sharp({ create: { width: 60, height: 30, channels: 3, background: '#00f' } })
      .jpeg()
      .withExif({ IFD0: { Copyright: 'Secret Street 7' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { body } = await upload(turned, { type: 'image/jpeg', name: 'me.jpg' });
    const bytes = Buffer.from(await (await httpRequest(desk.server.url + body.avatar)).arrayBuffer());
    expect(bytes.includes('Secret Street')).toBe(false);
    expect(bytes.includes('EXIF')).toBe(false);
    expect((await sharp(bytes).metadata()).orientation).toBeUndefined();
  });

  test('replaces the one before, whose file goes; colleagues and donors see the new one', async () => {
    const first = (await upload(await picture('png'))).body.avatar;
    const second = (await upload(await picture('png'))).body.avatar;
    expect(second).not.toBe(first);
    expect((await httpRequest(desk.server.url + first)).status).toBe(404);
    expect(files()).toEqual([second.split('/').at(-1)]);
    expect((await ok(me.get('/users/me'))).avatar).toBe(second);
    const gone = await ok(me.delete('/users/me/avatar'));
    expect(gone.avatar).toBeNull();
    expect(files()).toEqual([]);
    expect((await ok(me.delete('/users/me/avatar'))).avatar).toBeNull();
    const { rows } = await desk.db.query(
      `SELECT data FROM audit_log WHERE action = 'user.updated' AND subject = $1 LIMIT 1`,
      [String(me.id)],
    );
    expect(rows).toEqual([{ data: { fields: ['avatar'] } }]);
  });
});

/** A PNG that says it has so many points and carries next to nothing. */
function hollowPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(Buffer.alloc(1024));
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

const SCRIPT = '<script>alert(document.domain)</script>';
const SVG = `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`;

describe('what is no picture, or a hostile one, is refused and nothing is kept', () => {
  const hostile: [string, () => Buffer | Promise<Buffer>, Sent, number][] = [
    ['an SVG', () => Buffer.from(SVG), { type: 'image/svg+xml', name: 'me.svg' }, 415],
    ['an SVG that says it is a PNG', () => Buffer.from(SVG), {}, 415],
    ['a web page', () => Buffer.from(`<html>${SCRIPT}`), { type: 'text/html', name: 'me.html' }, 415],
    ['a web page called PNG', () => Buffer.from(`<html>${SCRIPT}`), {}, 415],
    [
      'a picture that says it is a web page',
      () => picture('png'),
      { type: 'text/html', name: 'me.html' },
      415,
    ],
    ['a JPEG that says it is a PNG', () => picture('jpeg'), {}, 415],
    ['a GIF head with a script', () => Buffer.from(`GIF89a/*${SCRIPT}*/=1;`), { type: 'image/gif' }, 400],
    [
      'a PNG head with a page',
      () => Buffer.concat([hollowPng(1, 1).subarray(0, 8), Buffer.from(SVG)]),
      {},
      400,
    ],
    ['50,000 × 50,000 points in a few bytes', () => hollowPng(50_000, 50_000), {}, 400],
    [
      'half a picture',
      async () => (await picture('jpeg', 800, 800)).subarray(0, 1500),
      { type: 'image/jpeg' },
      400,
    ],
    ['a PDF', () => Buffer.from('%PDF-1.7\n'), { type: 'application/pdf' }, 415],
    ['a TIFF', () => sharp(hollow).tiff().toBuffer(), { type: 'image/tiff' }, 415],
    ['nothing', () => Buffer.alloc(0), {}, 415],
    ['more than 5 MB', () => Buffer.alloc(5 * 1024 * 1024 + 1, 0x89), {}, 413],
    ['another field', () => picture('png'), { field: 'file' }, 400],
  ];
  const hollow = { create: { width: 2, height: 2, channels: 3, background: 'red' } } as const;

  test.each(hostile)('%s', async (_name, make, sent, status) => {
    const before = await ok(me.get('/users/me'));
    const answer = await upload(await make(), sent);
    expectRefusal(
      answer,
      status,
      { 400: 'BAD_REQUEST', 413: 'PAYLOAD_TOO_LARGE', 415: 'UNSUPPORTED_MEDIA_TYPE' }[
        status
      ] as 'BAD_REQUEST',
    );
    expect(await ok(me.get('/users/me'))).toEqual(before);
    expect(files()).toEqual([]);
  });

  test('a picture with a page behind it becomes a picture without one', async () => {
    const both = Buffer.concat([await picture('png'), Buffer.from(SVG)]);
    const { body } = await upload(both, { name: '../../../evil.html\u202egnp.png' });
    const bytes = Buffer.from(await (await httpRequest(desk.server.url + body.avatar)).arrayBuffer());
    expect(bytes.includes('script')).toBe(false);
    await ok(me.delete('/users/me/avatar'));
  });

  test.each([
    ['no boundary', 'multipart/form-data', 'x'],
    [
      'an end that never comes',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="avatar"; filename="a.png"\r\n\r\nabc',
    ],
    ['another type of body', 'image/png', 'x'],
    ['JSON', 'application/json', '{}'],
  ])('a broken upload: %s', async (_name, type, body) => {
    const answer = await me.ask('POST', '/users/me/avatar', body, { 'content-type': type });
    expect([400, 415]).toContain(answer.status);
    expect(files()).toEqual([]);
  });

  test.each([
    '..%2f..%2fjwt.secret',
    '%2e%2e',
    'a.webp',
    'AAAAAAAAAAAAAAAAAAAAAA.webp',
    'AAAAAAAAAAAAAAAAAAAAAA.png',
  ])('GET /avatars/%s is a 404 that is not kept', async (name) => {
    const response = await httpRequest(`${desk.server.url}/api/v1/avatars/${name}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

/** As PNG wants it (ISO 3309). */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
