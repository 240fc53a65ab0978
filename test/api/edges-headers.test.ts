import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { httpRequest } from '../support/http.js';

const WIDGET = 'https://www.charity.example';

let server: TestApp;

beforeAll(async () => {
  server = await startApp({ publicUrl: 'https://desk.example.org', corsOrigins: [WIDGET] });
});
afterAll(async () => {
  await server.close();
});

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return httpRequest(server.url + path, { headers });
}

function preflight(origin: string): Promise<Response> {
  const headers = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'idempotency-key',
  };
  return httpRequest(`${server.url}/api/v1/tickets`, { method: 'OPTIONS', headers });
}

/** The directives of an answer's Content-Security-Policy. */
function policyOf(answer: Response): Map<string, string> {
  const directives = (answer.headers.get('content-security-policy') ?? '').split(/; */);
  return new Map(directives.map((one) => [one.split(' ')[0]!, one.split(' ').slice(1).join(' ')]));
}

describe('security headers', () => {
  test.each(['/health', '/api/v1/nowhere', '/nowhere'])('%s has them all', async (path) => {
    const answer = await get(path);
    const policy = policyOf(answer);
    expect(policy.get('default-src')).toBe("'self'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('object-src')).toBe("'none'");
    expect(answer.headers.get('content-security-policy')).not.toContain('unsafe');
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('permissions-policy')).toMatch(/^camera=\(\), microphone=\(\), /);
    for (const name of ['x-powered-by', 'server', 'etag']) expect(answer.headers.get(name)).toBeNull();
  });

  test.each(['EIO=4&transport=polling', 'EIO=4&transport=unheard', 'EIO=4&transport=polling&sid=gone'])(
    'nosniff is on the answers of /socket.io, too (%s)',
    async (query) => {
      const answer = await get(`/socket.io/?${query}`);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      await answer.text();
    },
  );

  test('answers of the API are not kept', async () => {
    expect((await get('/api/v1/tickets/categories')).headers.get('cache-control')).toBe('no-store');
  });

  test('no HSTS where the public address is plain http', async () => {
    const plain = await startApp({ publicUrl: 'http://localhost:5005' });
    const answer = await httpRequest(`${plain.url}/health/ping`);
    expect(answer.headers.get('strict-transport-security')).toBeNull();
    expect(answer.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
    await plain.close();
  });
});

describe('an address where there is nothing', () => {
  const PAGE = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
  const browser = (path: string, languages: string) =>
    get(path, { accept: PAGE, 'accept-language': languages });

  test.each([
    ['de-AT,de;q=0.9,en;q=0.5', 'de', 'Seite nicht gefunden'],
    ['nl', 'en', 'Page not found'],
    ['ar-EG', 'ar', 'الصفحة غير موجودة'],
  ])('is a page in the language of the browser: %s', async (languages, lang, title) => {
    const answer = await browser('/nope/<script>', languages);
    const html = await answer.text();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(html).toContain(`<html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).toContain(`<h1>${title}</h1>`);
    expect(html).not.toMatch(/<script|nope/);
    const [, nonce] = /<style nonce="([^"]+)"/.exec(html)!;
    expect(policyOf(answer).get('style-src')).toBe(`'self' 'nonce-${nonce}'`);
    expect(policyOf(answer).get('default-src')).toBe("'none'");
  });

  test.each(['/api/v1/nowhere', '/widget/assets/gone-1234.js', '/favicon.ico', '/health/nowhere'])(
    'is an error for programs: %s',
    async (path) => {
      const answer = await browser(path, 'en');
      expect([answer.status, await answer.json()]).toMatchObject([404, { error: 'NOT_FOUND' }]);
    },
  );

  test('is one for who does not ask for pages', async () => {
    expect(await (await get('/nope')).json()).toMatchObject({ statusCode: 404, error: 'NOT_FOUND' });
  });
});

describe('documentation', () => {
  test('is a page that works under a policy of its own', async () => {
    const page = await get('/api/docs');
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(policyOf(page).get('script-src')).toBe("'self'");
    expect(policyOf(page).get('style-src')).toBe("'self' 'unsafe-inline'");
    expect(html).not.toMatch(/<script(?![^>]* src=)[^>]*>/);
    for (const [, source] of html.matchAll(/<script[^>]* src=['"]([^'"]+)['"]/g)) {
      const script = await get(new URL(source!, 'http://x/api/docs').pathname);
      expect([source, script.status]).toEqual([source, 200]);
      expect(script.headers.get('content-type')).toMatch(/javascript/);
    }
  });

  test('keeps no token in the browser', async () => {
    const page = await (await get('/api/docs/swagger-ui-init.js')).text();
    expect(page).toMatch(/"?persistAuthorization"?: false/);
  });

  test('is a document, too', async () => {
    const document = (await (await get('/api/docs-json')).json()) as Record<string, Record<string, unknown>>;
    expect(document['paths']).toHaveProperty(['/api/v1/tickets', 'post']);
    expect(document['components']).toHaveProperty(['securitySchemes', 'bearer', 'scheme'], 'bearer');
    expect(document['components']).toHaveProperty(['schemas', 'ErrorResponse']);
  });
});

describe('CORS', () => {
  test.each([WIDGET, 'https://desk.example.org'])('lets %s in, with cookies', async (origin) => {
    const answer = await get('/api/v1/tickets/categories', { origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    expect(answer.headers.get('vary')).toContain('Origin');
    const exposed = answer.headers.get('access-control-expose-headers') ?? '';
    const names = [
      'Date',
      'X-Total-Count',
      'Link',
      'Retry-After',
      'X-RateLimit-Remaining',
      'Idempotent-Replayed',
      'X-Request-Id',
    ];
    for (const name of names) expect(exposed).toContain(name);
  });

  test.each([
    'https://evil.example',
    `${WIDGET}.evil.example`,
    'http://www.charity.example',
    `${WIDGET}:8443`,
    'null',
  ])('does not let %s in', async (origin) => {
    for (const answer of [await get('/api/v1/tickets/categories', { origin }), await preflight(origin)]) {
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('answers preflights, to be remembered', async () => {
    const answer = await preflight(WIDGET);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-origin')).toBe(WIDGET);
    expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
    expect(Number(answer.headers.get('access-control-max-age'))).toBeGreaterThan(600);
  });
});
