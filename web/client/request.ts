import { learnTime } from './clock.js';

export interface JsonRequest {
  readonly method: string;
  readonly body?: object;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Goes on when the page is left. */
  readonly keepalive?: boolean;
  /** Milliseconds. */
  readonly timeout: number;
}

/** Sends one request with JSON, and no cookie. Throws what `fetch` throws. */
export async function sendJson(url: string, request: JsonRequest): Promise<Response> {
  const { method, body, token, headers, keepalive, timeout } = request;
  const response = await fetch(url, {
    method,
    credentials: 'omit',
    keepalive,
    headers: {
      ...(body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(timeout),
  });
  learnTime(response);
  return response;
}
