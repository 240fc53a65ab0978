import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { RequestTimes } from '../../src/platform/metrics/request-times.js';
import { startApp, type TestApp } from '../support/app.js';
import { ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { createTicket } from '../factories/ticket.factory.js';
import { httpRequest } from '../support/http.js';

const TOKEN = 'metrics-token-of-the-test';
/** As a request looks that came over a proxy. */
const FORWARDED = { 'x-forwarded-for': '203.0.113.7' };

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ metricsToken: TOKEN });
});
afterAll(() => desk.close());

const scrape = async (headers: Record<string, string> = {}) =>
  desk.link.ask('GET', '/../../metrics', undefined, headers);

describe('what Prometheus reads', () => {
  let lines: string[];
  beforeAll(async () => {
    const { id, donor } = await createTicket(desk.server);
    await ok(donor.get(`/tickets/${id}`));
    await desk.link.get('/nowhere/at-all');
    const answer = await scrape();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    lines = (answer.body as string).split('\n');
  });

  const valueOf = (figure: string): number => {
    const line = lines.find((one) => one.startsWith(`${figure} `));
    if (line === undefined) throw new Error(`no ${figure} in\n${lines.join('\n')}`);
    return Number(line.slice(figure.length + 1));
  };

  test('counts requests by template, never by address', () => {
    const labels = 'method="GET",route="/api/v1/tickets/:id",status="200"';
    const name = 'concierge_http_request_duration_seconds';
    expect(valueOf(`${name}_count{${labels}}`)).toBe(1);
    expect(valueOf(`${name}_bucket{le="+Inf",${labels}}`)).toBe(1);
    expect(valueOf(`${name}_sum{${labels}}`)).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain('at-all');
  });

  test.each([
    ['concierge_tickets{status="new"}', 1],
    ['concierge_tickets{status="closed"}', 0],
    ['concierge_dead_letters', 0],
    ['concierge_job_lag_seconds', 0],
    ['concierge_outbox_events', 0],
    ['concierge_sockets_connected', 0],
    ['concierge_socket_messages_total', 0],
    ['concierge_video_status{provider="direct",status="up"}', 1],
    ['concierge_video_status{provider="direct",status="down"}', 0],
    ['concierge_jobs{queue="dead-letters",state="ready"}', 0],
  ])('%s is %d', (figure, value) => {
    expect(valueOf(figure)).toBe(value);
  });

  test.each([
    'concierge_database_connections{state="waiting"}',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_seconds',
  ])('%s is there', (figure) => {
    expect(valueOf(figure)).toBeGreaterThanOrEqual(0);
  });

  test('holds nothing of anybody', () => {
    expect(lines.join('\n')).not.toMatch(/@|cdt_|127\.0\.0\.1|localhost|postgres/);
  });
});

describe('who reads them', () => {
  test('this machine, without a token', async () => {
    expect((await scrape()).status).toBe(200);
  });

  test('anyone who brings the token, over a proxy too', async () => {
    expect((await scrape({ ...FORWARDED, authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });

  test.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
    ['a token of staff', undefined],
  ])('not somebody elsewhere with %s', async (_title, headers) => {
    const given = headers ?? desk.boss.headers;
    const answer = await scrape({ ...FORWARDED, ...given });
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer.body)).not.toContain(TOKEN);
  });

  test('nobody elsewhere when there is no token, and with trusted proxies nobody here', async () => {
    const closed: TestApp = await startApp({ trustedProxies: ['10.0.0.0/8'] });
    const answer = await httpRequest(`${closed.url}/metrics`);
    expect([answer.status, ((await answer.json()) as { error: string }).error]).toEqual([403, 'FORBIDDEN']);
    await closed.close();
  });
});

test('durations fall into their buckets, and odd methods into one', async () => {
  const times = desk.server.app.get(RequestTimes);
  times.record('GET', '/x', 200, 0.004);
  times.record('GET', '/x', 200, 0.3);
  times.record('GET', '/x', 200, 60);
  times.record('BREW', '/x', 418, 0);
  const text = (await scrape()).body as string;
  const count = (le: string) =>
    new RegExp(`_bucket\\{le="${le}",method="GET",route="/x",status="200"\\} (\\d+)`).exec(text)?.[1];
  expect(['0.005', '0.25', '0.5', '5', '\\+Inf'].map(count)).toEqual(['1', '1', '2', '2', '3']);
  expect(text).toContain('_count{method="other",route="/x",status="418"} 1');
});
