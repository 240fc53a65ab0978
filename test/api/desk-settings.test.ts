import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { CurrentDeskSettings } from '../../src/domain/desk-settings/current-desk-settings.service.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { createTicket } from '../factories/ticket.factory.js';
import { startAppOn, type TestApp } from '../support/app.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { httpRequest } from '../support/http.js';
import { until } from '../support/ticket-viewer.js';

const CONFIGURED = 'https://configured.example';
const WIDGET = 'https://www.charity.example';

let desk: Desk;
let smtp: FakeSmtp;
const dataDir = mkdtempSync(join(tmpdir(), 'concierge-desk-'));
beforeAll(async () => {
  smtp = await FakeSmtp.start();
  const mail = { smtpUrl: smtp.url, from: 'Support <desk@charity.example>', delay: 0 };
  desk = await openDesk({ dataDir, mail, corsOrigins: [CONFIGURED] });
});
afterAll(async () => {
  await desk.close();
  await smtp.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const versionNow = async (): Promise<number> => (await ok(desk.boss.get('/desk/settings'))).version;
const patch = async (change: object) =>
  desk.boss.patch('/desk/settings', { version: await versionNow(), ...change });

async function allowedFor(origin: string, url = desk.server.url): Promise<string | null> {
  const { headers } = await httpRequest(`${url}/api/v1/desk`, { headers: { origin } });
  return headers.get('access-control-allow-origin');
}

async function socketsAllow(origin: string): Promise<string | null> {
  const url = `${desk.server.url}/socket.io/?EIO=4&transport=polling`;
  const answer = await httpRequest(url, { headers: { origin } });
  await answer.text();
  return answer.headers.get('access-control-allow-origin');
}

test('a new desk has no name, colour, greeting or hours of its own', async () => {
  expect(await ok(desk.link.get('/desk'))).toEqual({
    ...{ name: null, colour: null, logoUrl: null },
    ...{ greeting: null, expectedReplyMinutes: null, hours: null, canCall: false },
  });
  expect(await ok(desk.boss.get('/desk/settings'))).toMatchObject({
    ...{ version: 1, timeZone: 'UTC', hours: [], holidays: [], widgetOrigins: [] },
    configuredOrigins: [CONFIGURED],
  });
});

test('a change is kept, in the audit log once, and public at once', async () => {
  const greetings = { en: 'Hello!', de: 'Guten Tag!' };
  const saved = await ok(patch({ name: ' Clear  Water ', colour: '#7A1F5C', greetings }));
  expect(saved).toMatchObject({ name: 'Clear  Water', colour: '#7a1f5c', greetings });
  const same = { name: saved.name, colour: saved.colour, greetings: { de: 'Guten Tag!', en: 'Hello!' } };
  expect((await ok(patch(same))).version).toBe(saved.version);
  const { rows } = await desk.db.query(
    `SELECT actor_id, data FROM audit_log WHERE action = 'desk.updated' ORDER BY id`,
  );
  expect(rows).toEqual([
    { actor_id: String(desk.boss.id), data: { fields: ['name', 'colour', 'greetings'] } },
  ]);
  expect(await ok(desk.link.get('/desk?lang=de-AT'))).toMatchObject({
    ...{ name: 'Clear  Water', colour: '#7a1f5c', greeting: 'Guten Tag!' },
  });
  expect((await ok(desk.link.get('/desk?lang=fr'))).greeting).toBe('Hello!');
});

test('an answer that is as it was needs no body', async () => {
  const { headers } = await desk.link.get('/desk');
  expect(headers.get('cache-control')).toBe('public, max-age=15');
  expect(headers.get('vary')).toContain('Origin');
  const etag = headers.get('etag') ?? '';
  const again = await desk.link.ask('GET', '/desk', undefined, { 'if-none-match': etag });
  expect([again.status, again.body]).toEqual([304, undefined]);
  await ok(patch({ expectedReplyMinutes: 20 }));
  const changed = await desk.link.ask('GET', '/desk', undefined, { 'if-none-match': etag });
  expect([changed.status, changed.body.expectedReplyMinutes]).toEqual([200, 20]);
});

test('of two changes from the same version one is refused and changes nothing', async () => {
  const version = await versionNow();
  const name = 'Second thoughts';
  const answers = await Promise.all(
    ['#111111', '#222222'].map((colour) => desk.boss.patch('/desk/settings', { version, colour, name })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const refused = answers.find(({ status }) => status === 409)!;
  expectRefusal(refused, 409, 'CONFLICT');
  expect(refused.body.version).toBe(version + 1);
  const [kept] = answers.filter(({ status }) => status === 200);
  expect(await ok(desk.boss.get('/desk/settings'))).toEqual(kept!.body);
});

describe('a value that cannot be', () => {
  const day = { weekday: 1, from: '09:00', to: '12:00' };
  test.each([
    ['name', 'x'.repeat(61)],
    ['name', 'two\nlines'],
    ['name', ' '],
    ['colour', 'red'],
    ['colour', '#12345g'],
    ['greetings', { xx: 'Hello' }],
    ['greetings', { en: 'x'.repeat(301) }],
    ['greetings', ['Hello']],
    ['expectedReplyMinutes', 0],
    ['expectedReplyMinutes', 10_081],
    ['timeZone', 'Mars/Olympus'],
    ['timeZone', null],
    ['hours', [{ ...day, weekday: 8 }]],
    ['hours', [{ ...day, to: '25:00' }]],
    ['hours', [{ ...day, to: '08:00' }]],
    ['hours', [day, { ...day, from: '11:00', to: '13:00' }]],
    ['hours', Array.from({ length: 51 }, () => day)],
    ['holidays', [{ date: '2026-02-30' }]],
    ['holidays', [{ date: '2026-12-25' }, { date: '2026-12-25' }]],
    ['widgetOrigins', ['*']],
    ['widgetOrigins', ['https://*.charity.example']],
    ['widgetOrigins', ['charity.example']],
    ['widgetOrigins', ['javascript:alert(1)']],
    ['widgetOrigins', Array.from({ length: 51 }, (_, number) => `https://${number}.example`)],
    ['logo', 'x.webp'],
  ])('%s: %j is refused, in words that name the field', async (field, value) => {
    const version = await versionNow();
    const refused = await patch({ [field]: value });
    expectRefusal(refused, 400, 'BAD_REQUEST');
    expect(JSON.stringify(refused.body.errors)).toContain(field);
    expect(await versionNow()).toBe(version);
  });

  test('a change must say from which version it was made', async () => {
    expectRefusal(await desk.boss.patch('/desk/settings', { name: 'x' }), 400, 'BAD_REQUEST');
  });
});

test('business hours say whether the desk is open, and when it opens next', async () => {
  await ok(
    patch({
      timeZone: 'Europe/Berlin',
      hours: [
        { weekday: 2, from: '13:00', to: '17:00' },
        { weekday: 2, from: '09:00', to: '12:00' },
      ],
      holidays: [{ date: '2026-12-08', name: 'Closed for stocktaking' }],
    }),
  );
  const { holidays, hours } = await ok(desk.boss.get('/desk/settings'));
  expect(holidays).toEqual([{ date: '2026-12-08', name: 'Closed for stocktaking' }]);
  expect(hours.map(({ from }: { from: string }) => from)).toEqual(['09:00', '13:00']);
  const clock = desk.server.app.get(Clock);
  const real = clock.now;
  const hoursAt = async (at: string) => {
    clock.now = () => new Date(at);
    return (await ok(desk.link.get('/desk'))).hours;
  };
  const timeZone = 'Europe/Berlin';
  try {
    expect(await hoursAt('2026-12-01T08:30:00Z')).toEqual({ isOpen: true, opensAt: null, timeZone });
    expect(await hoursAt('2026-12-01T11:30:00Z')).toEqual({
      ...{ isOpen: false, opensAt: '2026-12-01T12:00:00.000Z', timeZone },
    });
    expect(await hoursAt('2026-12-01T16:00:00Z')).toMatchObject({ opensAt: '2026-12-15T08:00:00.000Z' });
  } finally {
    clock.now = real;
  }
});

describe('an origin of the settings', () => {
  let other: TestApp;
  beforeAll(async () => {
    other = await startAppOn(desk.server.database, { corsOrigins: [CONFIGURED] });
  });
  afterAll(() => other.app.close());

  test('may use the desk from then on, by HTTP and by sockets, on every node, until it is taken off', async () => {
    expect([await allowedFor(WIDGET), await socketsAllow(WIDGET)]).toEqual([null, null]);
    const { widgetOrigins } = await ok(patch({ widgetOrigins: [`${WIDGET}/give`, WIDGET] }));
    expect(widgetOrigins).toEqual([WIDGET]);
    expect([await allowedFor(WIDGET), await socketsAllow(WIDGET)]).toEqual([WIDGET, WIDGET]);
    const told = await httpRequest(`${desk.server.url}/api/v1/desk`, { headers: { origin: CONFIGURED } });
    expect(told.headers.get('access-control-allow-credentials')).toBe('true');
    await other.app.get(CurrentDeskSettings, { strict: false }).look();
    expect(await allowedFor(WIDGET, other.url)).toBe(WIDGET);
    await ok(patch({ widgetOrigins: [] }));
    expect([await allowedFor(WIDGET), await socketsAllow(WIDGET)]).toEqual([null, null]);
    expect([await allowedFor(CONFIGURED), await socketsAllow(CONFIGURED)]).toEqual([CONFIGURED, CONFIGURED]);
    await other.app.get(CurrentDeskSettings, { strict: false }).look();
    expect(await allowedFor(WIDGET, other.url)).toBeNull();
  });
});

describe('a logo', () => {
  const upload = async (bytes: Buffer, type = 'image/png') => {
    const form = new FormData();
    form.append('logo', new Blob([new Uint8Array(bytes)], { type }), 'logo.png');
    const url = `${desk.server.url}/api/v1/desk/logo`;
    const response = await httpRequest(url, { method: 'PUT', headers: desk.boss.headers, body: form });
    return { status: response.status, body: (await response.json()) as { logoUrl: string } };
  };
  const picture = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 4, background: '#c338' } })
      .png()
      .toBuffer();
  const files = () => readdirSync(join(dataDir, 'files', 'logos'));

  test('is redrawn in its own proportions, and replaces the one before, whose file goes', async () => {
    const first = await upload(await picture(1_000, 250));
    expect(first.body.logoUrl).toMatch(/^\/api\/v1\/desk\/logos\/[\w-]{22}\.webp$/);
    const shown = await httpRequest(desk.server.url + first.body.logoUrl);
    expect(shown.headers.get('content-type')).toBe('image/webp');
    const { width, height, format } = await sharp(await shown.arrayBuffer()).metadata();
    expect({ width, height, format }).toEqual({ width: 512, height: 128, format: 'webp' });
    const second = await upload(await picture(20, 20));
    expect(files()).toEqual([second.body.logoUrl.split('/').at(-1)]);
    expect((await ok(desk.link.get('/desk'))).logoUrl).toBe(second.body.logoUrl);
    expect((await ok(desk.boss.delete('/desk/logo'))).logoUrl).toBeNull();
    expect(files()).toEqual([]);
    expect((await ok(desk.boss.delete('/desk/logo'))).logoUrl).toBeNull();
  });

  test('that is no picture is refused', async () => {
    expect((await upload(Buffer.from('<svg onload="alert(1)"/>'), 'image/svg+xml')).status).toBe(415);
    expect((await upload((await picture(20, 20)).subarray(0, 40))).status).toBe(400);
  });
});

test('emails and transcripts carry the name, and nothing in it runs', async () => {
  const name = 'Wells & <b>Water</b>';
  await ok(patch({ name, colour: '#7a1f5c' }));
  const ticket = await createTicket(desk.server, { donorEmail: 'grace@donors.example' });
  await ok(ticket.donor.post(`/tickets/${ticket.id}/transcript`), 202);
  await until(() => smtp.to('grace@donors.example').length > 0);
  const [mail] = smtp.to('grace@donors.example');
  expect(mail!.parsed.from).toEqual({ name, address: 'desk@charity.example' });
  expect(mail!.parsed.html).toContain('border-bottom:3px solid #7a1f5c');
  expect(mail!.parsed.html).toContain('Wells &amp; &lt;b&gt;Water&lt;/b&gt;');
  const text = (await ok(ticket.donor.get(`/tickets/${ticket.id}/transcript?format=txt`))) as string;
  expect(text.split('\n')[0]).toBe(name);
  expect(await ok(ticket.donor.get(`/tickets/${ticket.id}/transcript?format=html`))).toContain(
    '<b>Wells &amp; &lt;b&gt;Water&lt;/b&gt;</b>',
  );
});
