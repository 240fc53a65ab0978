import { parseSetCookie } from 'cookie';
import type { TestApp } from '../support/app.js';
import { httpRequest } from '../support/http.js';

interface Sent {
  body?: unknown;
  headers?: Record<string, string>;
  /** Value of the refresh cookie to send along. */
  cookie?: string;
}

/** One request to `/api/v1<path>`; `cookie` of the answer is the one it sets. */
export async function send(server: Pick<TestApp, 'url'>, method: string, path: string, sent: Sent = {}) {
  const { body, headers = {}, cookie } = sent;
  const response = await httpRequest(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(cookie !== undefined && { cookie: `concierge_refresh=${cookie}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const [set] = response.headers.getSetCookie();
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    headers: response.headers,
    cookie: set === undefined ? undefined : parseSetCookie(set),
  };
}

/** Signs in; `ip` is believed only by servers that trust 127.0.0.1 as a proxy. */
export function login(
  server: Pick<TestApp, 'url'>,
  username: string,
  password: string,
  ip?: string,
): ReturnType<typeof send> {
  const headers: Record<string, string> = ip === undefined ? {} : { 'x-forwarded-for': ip };
  return send(server, 'POST', '/auth/login', { body: { username, password }, headers });
}
