import type { CatchUp, TicketEventPayload } from '../../src/contract/ticket-events.js';
import type { Credentials } from './credentials.js';
import { badAnswer, fieldsOf, httpFailure } from './failure.js';
import { sendJson } from './request.js';

/** What the server stored for a message; `seq` is its place in the sender's own stream. */
export interface StoredMessage {
  readonly id: string;
  readonly seq?: number;
  readonly [field: string]: unknown;
}

/** The two REST calls a stream needs beside its socket; both throw a `Failure`. */
export interface TicketHttp {
  fetchEvents(ticketId: string, after: number): Promise<CatchUp>;
  postMessage(ticketId: string, body: Readonly<Record<string, unknown>>): Promise<StoredMessage>;
}

export interface TicketHttpOptions {
  /** Address of the desk, without a slash at its end. */
  readonly url: string;
  readonly credentials: Credentials;
  readonly timeout: number;
}

/** `TicketHttp` over `fetch`. A refused token is renewed once; only our server's JSON counts as an answer. */
export class FetchTicketHttp implements TicketHttp {
  readonly #options: TicketHttpOptions;

  constructor(options: TicketHttpOptions) {
    this.#options = options;
  }

  async fetchEvents(ticketId: string, after: number): Promise<CatchUp> {
    return catchUpFrom(await this.#call(`${ticketId}/events?after=${after}`));
  }

  async postMessage(ticketId: string, body: Readonly<Record<string, unknown>>): Promise<StoredMessage> {
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

/** Checks a catch-up's shape, whether it came by HTTP or in an ack. */
export function catchUpFrom(answer: unknown): CatchUp {
  const { events, seq } = fieldsOf(answer);
  if (!Array.isArray(events) || !events.every(isLogEvent) || !Number.isSafeInteger(seq)) throw badAnswer();
  return answer as CatchUp;
}

/** A row of a ticket's log, as against the events that are in no log. */
export function isLogEvent(payload: unknown): payload is TicketEventPayload {
  const { ticketId, seq, type } = fieldsOf(payload);
  return (
    typeof ticketId === 'string' && typeof type === 'string' && Number.isSafeInteger(seq) && Number(seq) > 0
  );
}

/** Checks that a message was really stored: a proxy's login page also answers 200. */
export function storedMessageFrom(answer: unknown): StoredMessage {
  if (typeof fieldsOf(answer).id !== 'string') throw badAnswer();
  return answer as StoredMessage;
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
