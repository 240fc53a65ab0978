/**
 * The REST API for both faces, typed from docs/openapi.json (`npm run api:types` writes generated/schema.ts).
 *
 *   const api = createApi({ url: DESK_URL, token });           // the same TokenSource that createConnection takes
 *   const tickets = await answer(api.GET('/api/v1/tickets', { params: { query: { limit: '20' } } }));
 *
 * `answer` gives the body of a 2xx and throws a `Failure` (../failure.ts: code, message, retryable, retryAfterMs) for
 * everything else; a `Refusal` (refusal.ts) also has the `fields` that the server found fault with. A refused token is renewed once.
 */
import createClient, { type Client } from 'openapi-fetch';
import { learnTime } from '../clock.js';
import { Credentials, type TokenSource } from '../credentials.js';
import { asFailure, badAnswer, httpFailure } from '../failure.js';
import type { components, paths } from './generated/schema.js';
import { Refusal } from './refusal.js';

/** A shape of the API by its name, such as `Shape<'DonorTicketResponse'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name];

export type Api = Client<paths>;

export interface ApiOptions {
  /** Address of the desk, without a slash at its end. */
  readonly url: string;
  readonly token?: TokenSource;
  /** Wait for an answer, in milliseconds. */
  readonly timeout?: number;
  /** `include` sends our cookies (the dashboard's refresh cookie). */
  readonly cookies?: RequestCredentials;
}

const TIMEOUT_MS = 15_000;

export function createApi({ url, token, timeout = TIMEOUT_MS, cookies = 'same-origin' }: ApiOptions): Api {
  const credentials = new Credentials(token);
  const send = async (request: Request, bearer: string | undefined) => {
    if (bearer) request.headers.set('authorization', `Bearer ${bearer}`);
    const response = await fetch(request, { signal: AbortSignal.timeout(timeout) });
    learnTime(response);
    return response;
  };
  return createClient<paths>({
    baseUrl: url,
    credentials: cookies,
    fetch: async (request) => {
      const again = request.clone();
      const bearer = await credentials.read();
      const response = await send(request, bearer);
      if (response.status !== 401) return response;
      const renewed = await credentials.renew(bearer);
      return renewed ? send(again, renewed) : response;
    },
  });
}

interface Answered<T> {
  readonly data?: T;
  readonly error?: unknown;
  readonly response: Response;
}

/** The body of a 2xx; throws a `Refusal` when the server said no, a `Failure` when there was no answer of its. */
export async function answer<T>(request: Promise<Answered<T>>): Promise<NonNullable<T>> {
  const { data } = await accepted(request);
  if (data === undefined || data === null) throw badAnswer();
  return data;
}

/** The same for requests whose answer has no body. */
export async function accepted<T>(request: Promise<Answered<T>>): Promise<Answered<T>> {
  const { data, error, response } = await request.catch((thrown: unknown): never => {
    if (thrown instanceof SyntaxError) throw badAnswer();
    throw asFailure(thrown);
  });
  if (!response.ok) {
    throw new Refusal(httpFailure(response.status, error, response.headers.get('retry-after')), error);
  }
  return { ...(data !== undefined && { data }), response };
}
