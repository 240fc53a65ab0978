import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { personOf, type Person } from '../support/desk.js';
import { httpRequest } from '../support/http.js';
import { login, send } from './auth-client.js';

// What the desk says about its own addresses when the proxy before it takes /desk off.
const PUBLIC_URL = 'https://charity.example/desk';

let server: TestApp;
let boss: Person;
beforeAll(async () => {
  server = await startApp({ publicUrl: PUBLIC_URL });
  boss = personOf(server, await createStaff(server.app, { role: 'SUPER_ADMIN' }));
});
afterAll(() => server.close());

const page = (path: string) => httpRequest(server.url + path);

describe('below a path', () => {
  test('the front door leads to the dashboard below it', async () => {
    const answer = await page('/');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/desk/dashboard']);
  });

  test.each(['/dashboard', '/dashboard/tickets/1', '/call/room', '/conversations', '/demo'])(
    'the page %s names its files below it and may open a socket',
    async (path) => {
      const answer = await page(path);
      const html = await answer.text();
      const named = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, address]) => address);
      expect(named).not.toEqual([]);
      for (const address of named) expect(address).toMatch(/^\/desk\/(widget|dashboard|demo)\b/);
      expect(html).not.toContain('__BASE__');
      expect(answer.headers.get('content-security-policy')).toContain(
        "connect-src 'self' wss://charity.example;",
      );
    },
  );

  test('the refresh cookie is sent to the desk alone, and counts', async () => {
    const maria = await createStaff(server.app);
    const { cookie } = await login(server, maria.user.username, maria.password);
    expect(cookie).toMatchObject({
      name: '__Secure-concierge_refresh',
      httpOnly: true,
      sameSite: 'strict',
      secure: true,
      path: '/desk/api/v1/auth',
    });
    const headers = {
      cookie: `__Secure-concierge_refresh=${cookie!.value}`,
      origin: 'https://charity.example',
    };
    expect((await send(server, 'POST', '/auth/refresh', { headers })).status).toBe(200);
  });

  test('the next page of a list is below it', async () => {
    const first = await createTicket(server);
    const second = await createTicket(server);
    for (const { id } of [first, second])
      await ok(boss.post('/calls', { ticketId: id, callType: 'video', initiatedBy: 'admin' }), 201);
    const { donor } = first;
    const [me] = await ok(donor.get('/tickets'));
    for (const content of ['One', 'Two'])
      await ok(boss.post(`/tickets/${first.id}/messages`, { content }), 201);
    const lists = ['/tickets', '/calls', '/audit-log', `/messages/between/${me.donorId}/${boss.id}`];
    for (const list of lists) {
      const answer = await boss.get(`${list}?limit=1`);
      expect(answer.headers.get('link')).toMatch(new RegExp(`^</desk/api/v1${list}\\?.*>; rel="next"$`));
    }
  });

  test('the API is described below it', async () => {
    const document = (await (await page('/api/docs-json')).json()) as { servers: unknown };
    expect(document.servers).toEqual([{ url: '/desk' }]);
    const plain = await startApp();
    try {
      const usual = (await (await httpRequest(`${plain.url}/api/docs-json`)).json()) as { servers: unknown };
      expect(usual.servers).toEqual([{ url: '/' }]);
    } finally {
      await plain.close();
    }
  });
});
