import { expect } from '@jest/globals';
import type { ErrorCode } from '../../src/contract/error-codes.js';
import type { TestApp } from './app.js';
import { httpRequest } from './http.js';

type Sent = Record<string, string>;
/** Untyped: what an answer holds is what the tests find out. */
type Json = ReturnType<typeof JSON.parse>;

/** What came back; `body` is the parsed JSON (other text as it is), undefined when there was none. */
export interface Answer {
  status: number;
  body: Json;
  headers: Headers;
}

/** One caller's requests to `/api/v1`; `headers` say who it is, none is somebody with a link. */
export class Client {
  constructor(
    private readonly server: Pick<TestApp, 'url'>,
    readonly headers: Sent = {},
  ) {}

  get(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  post(path: string, body?: unknown, headers: Sent = {}): Promise<Answer> {
    return this.ask('POST', path, body, headers);
  }

  put(path: string, body?: unknown): Promise<Answer> {
    return this.ask('PUT', path, body);
  }

  patch(path: string, body?: unknown): Promise<Answer> {
    return this.ask('PATCH', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.ask('DELETE', path);
  }

  /** A text as body is sent as it is. */
  async ask(method: string, path: string, body?: unknown, headers: Sent = {}): Promise<Answer> {
    const response = await httpRequest(`${this.server.url}/api/v1${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...this.headers,
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : isJson(response) ? JSON.parse(text) : text,
      headers: response.headers,
    };
  }
}

const isJson = ({ headers }: Response) => headers.get('content-type')?.includes('json') === true;

/** The answer of a request that must succeed; its body. */
export async function ok(answer: Promise<Answer>, status = 200): Promise<Answer['body']> {
  const { status: got, body } = await answer;
  if (got !== status) throw new Error(`expected ${status}, got ${got}: ${JSON.stringify(body)}`);
  return body;
}

/** Checks a refusal: status, code, and every field of the one error shape. */
export function expectRefusal(answer: Answer, status: number, error: ErrorCode, path?: string): void {
  expect({ status: answer.status, error: answer.body.error, message: answer.body.message }).toEqual({
    status,
    error,
    message: expect.stringMatching(/\S/),
  });
  expect(answer.body).toMatchObject({
    success: false,
    statusCode: status,
    path: path === undefined ? expect.stringMatching(/^\//) : `/api/v1${path}`,
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    requestId: expect.stringMatching(/\S/),
  });
}

export const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const TEXT = expect.any(String);
