import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startApp, type TestApp } from '../support/app.js';
import { openPool } from '../support/database.js';
import { httpRequest } from '../support/http.js';
import { rawRequest } from '../support/raw-http.js';

const TICKETS = '/api/v1/tickets';
const TICKET = { donorId: 'donor-1', donorEmail: 'donor@example.org', donorName: 'Ada' };

let server: TestApp;

beforeAll(async () => {
  server = await startApp();
});
afterAll(async () => {
  await server.close();
});

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & { errors?: { location: string; message: string; type: string }[] };
}

async function call(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await httpRequest(server.url + path, { method, ...init });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
}

function send(body: string | object, type = 'application/json', path = TICKETS): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return call('POST', path, { body: text, headers: { 'content-type': type } });
}

async function ticketCount(): Promise<number> {
  const pool = openPool(server.database);
  const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM tickets');
  await pool.end();
  return rows[0]!.count;
}

describe('every failed answer', () => {
  test('has one shape, and carries the id of its request', async () => {
    const { status, headers, body } = await call('GET', '/api/v1/nowhere?token=abc', {
      headers: { 'x-request-id': 'trace-me-1234' },
    });
    expect(status).toBe(404);
    expect(body).toEqual({
      success: false,
      statusCode: 404,
      error: 'NOT_FOUND',
      message: expect.any(String),
      path: '/api/v1/nowhere',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      requestId: 'trace-me-1234',
    });
    expect(headers.get('x-request-id')).toBe('trace-me-1234');
  });

  test.each(['short', 'new\tline-injection', '<script>alert(1)</script>', 'x'.repeat(129)])(
    'replaces the unsafe request id %j',
    async (id) => {
      const { headers } = await call('GET', '/api/v1/nowhere', { headers: { 'x-request-id': id } });
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test.each([
    ['an unknown address', 'GET', '/api/v1/nowhere', 404],
    ['an address outside the API', 'GET', '/wp-admin/setup.php', 404],
    ['another version', 'GET', '/api/v9/tickets', 404],
    ['the wrong method', 'DELETE', '/api/v1/auth/login', 404],
    ['the wrong method on a health route', 'POST', '/health', 404],
    ['a broken % sequence in the path', 'GET', '/api/v1/tickets/%E0%A4%A', 400],
    ['a broken % sequence in the query', 'GET', '/health?x=%ZZ', 400],
    ['a NUL character in the path', 'GET', '/api/v1/tickets/a%00b', 400],
    ['a reserved name in the query', 'GET', '/health?__proto__=1', 400],
    ['an encoded reserved name in the query', 'GET', '/health?%5F_proto__[x]=1&constructor=2', 400],
    ['an address of 5,000 characters', 'GET', `/health?x=${'a'.repeat(5_000)}`, 414],
  ])('answers %s', async (_, method, path, status) => {
    const answer = await call(method, path);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ success: false, statusCode: status, requestId: expect.any(String) });
  });
});

describe('bodies', () => {
  test.each([
    ['text', 'text/plain'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['XML', 'application/xml'],
    ['a file where none is taken', 'multipart/form-data; boundary=x'],
  ])('%s is a 415', async (_, type) => {
    const { status, body } = await send('a=1', type);
    expect([status, body['error']]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });

  test('without a content type is a 415', async () => {
    const { status } = await call('POST', TICKETS, { body: new Uint8Array(Buffer.from('{}')) });
    expect(status).toBe(415);
  });

  test.each([
    ['JSON in another charset', 'application/json; charset=koi8-r', 415],
    ['JSON in UTF-8', 'application/json; charset=utf-8', 201],
  ])('%s', async (_, type, status) => {
    expect((await send(TICKET, type)).status).toBe(status);
  });

  test.each(['{"donorId":', "{'donorId':1}", '"text"', '1', ''])('%j is not a valid body', async (text) => {
    const { status, body } = await send(text);
    expect([status, body['error']]).toEqual([400, 'BAD_REQUEST']);
    expect(JSON.stringify(body)).not.toMatch(/Unexpected|position|node_modules/);
  });

  test('of more than 100 kB are a 413', async () => {
    const { status, body } = await send({ ...TICKET, description: 'x'.repeat(101 * 1_024) });
    expect([status, body['error']]).toEqual([413, 'PAYLOAD_TOO_LARGE']);
  });

  test('that claim another encoding are refused', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'br, br' };
    expect((await call('POST', TICKETS, { body: '{}', headers })).status).toBe(415);
  });

  test.each([
    ['__proto__', '{"__proto__":{"role":"ADMIN"},"donorId":"d"}'],
    ['constructor', '{"constructor":{"prototype":{"x":1}}}'],
    ['context.__proto__', '{"donorId":"d","context":{"__proto__":{"x":1}}}'],
  ])('with the reserved name %s are refused', async (location, text) => {
    const { status, body } = await send(text);
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.location)).toContain(location);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test.each([
    ['donorName', { ...TICKET, donorName: 'A\u0000da' }],
    ['context.page', { ...TICKET, context: { page: '\u0000' } }],
  ])('with a NUL character in %s are refused', async (location, ticket) => {
    const { status, body } = await send(ticket);
    expect([status, body.errors?.[0]?.location]).toEqual([400, location]);
  });

  test('nested too deep are refused quickly', async () => {
    const deep = `${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`;
    expect((await send(`{"context":${deep}}`)).status).toBe(400);
    expect((await send(`${'['.repeat(40_000)}${']'.repeat(40_000)}`)).status).toBe(400);
  });
});

describe('validation', () => {
  test('names every bad field, unknown ones too, and changes nothing', async () => {
    const before = await ticketCount();
    const { status, body } = await send({
      donorEmail: 'nobody',
      callType: 'fax',
      status: 'closed',
      isActive: true,
    });
    expect(status).toBe(400);
    expect(body.errors?.map(({ location }) => location)).toEqual(
      expect.arrayContaining(['donorEmail', 'callType', 'status', 'isActive']),
    );
    for (const error of body.errors ?? []) {
      expect(error).toMatchObject({
        location: expect.any(String),
        message: expect.any(String),
        type: expect.any(String),
      });
    }
    expect(await ticketCount()).toBe(before);
  });

  test.each([
    ['an object', { contains: '' }],
    ['an empty object', {}],
    ['an array', ['a']],
    ['a number', 7],
    ['a boolean', true],
  ])('refuses %s where a text belongs', async (_, value) => {
    const { status, body } = await send({ ...TICKET, subject: value });
    expect(status).toBe(400);
    expect(body.errors?.[0]).toMatchObject({ location: 'subject', context: expect.any(String) });
  });

  test('refuses a list instead of an object', async () => {
    expect((await send([TICKET])).status).toBe(400);
  });

  test('names at most 50 faults', async () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`field${index}`, 1]));
    const { status, body } = await send({ ...TICKET, ...many });
    expect([status, body.errors?.length]).toEqual([400, 50]);
  });
});

describe('what is hardly HTTP', () => {
  const head = 'GET /health/ping HTTP/1.1\r\nHost: x\r\n';

  test('headers of 20 kB are a 431', async () => {
    const answer = await rawRequest(server.url, `${head}X-Big: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('"statusCode":431');
  });

  test.each([
    ['garbage', '\u0016\u0003\u0001\r\n\r\n'],
    ['a line that is no header', `${head}no colon here\r\n\r\n`],
    ['two lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx`],
    ['a length and chunks', `${head}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ])('%s is a 400 in the same shape', async (_, bytes) => {
    const answer = await rawRequest(server.url, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"error":"BAD_REQUEST"');
  });

  test('the server still answers', async () => {
    expect((await httpRequest(`${server.url}/health/ping`)).status).toBe(200);
  });
});
