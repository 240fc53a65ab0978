import type { CatchUp, TicketEventPayload } from '../../../src/contract/events/event-payload.js';
import type { Credentials } from '../credentials.js';
import { badAnswer, httpFailure } from '../failure.js';
import { sendJson } from '../request.js';
import { catchUpFrom, storedMessageFrom, type StoredMessage } from './wire.js';

/** The two REST calls a stream needs beside its socket; both throw a `Failure`. */
export interface TicketHttp<E extends TicketEventPayload = TicketEventPayload> {
  fetchEvents(ticketId: string, after: number): Promise<CatchUp<E>>;
  postMessage(ticketId: string, body: object): Promise<StoredMessage>;
}

export interface TicketHttpOptions {
  /** Address of the desk, without a slash at its end. */
  readonly url: string;
  readonly credentials: Credentials;
  readonly timeout: number;
}

/** `TicketHttp` over `fetch`. A refused token is renewed once; only our server's JSON counts as an answer. */
export class FetchTicketHttp<E extends TicketEventPayload> implements TicketHttp<E> {
  readonly #options: TicketHttpOptions;

  constructor(options: TicketHttpOptions) {
    this.#options = options;
  }

  async fetchEvents(ticketId: string, after: number): Promise<CatchUp<E>> {
    return catchUpFrom(await this.#call(`${ticketId}/events?after=${after}`));
  }

  async postMessage(ticketId: string, body: object): Promise<StoredMessage> {
    return storedMessageFrom(await this.#call(`${ticketId}/messages`, body));
  }

  async #call(path: string, body?: object): Promise<unknown> {
    const token = await this.#options.credentials.read();
    const first = await this.#ask(path, body, token);
    if (first.status !== 401) return read(first);
    const renewed = await this.#options.credentials.renew(token);
    return read(renewed ? await this.#ask(path, body, renewed) : first);
  }

  #ask(path: string, body: object | undefined, token: string | undefined): Promise<Response> {
    const { url, timeout } = this.#options;
    const method = body ? 'POST' : 'GET';
    return sendJson(`${url}/api/v1/tickets/${path}`, { method, body, token, timeout });
  }
}

async function read(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => unreadable(response));
  if (response.ok) return body;
  throw httpFailure(response.status, body, response.headers.get('retry-after'));
}

/** A refusal may come without a body; an answer may not. */
function unreadable(response: Response): undefined {
  if (response.ok) throw badAnswer();
  return undefined;
}
