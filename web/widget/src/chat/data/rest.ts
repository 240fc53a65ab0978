import { Refusal } from '../../../../client/rest/refusal.js';
import { Credentials, type TokenSource } from '../../../../client/credentials.js';
import { asFailure, badAnswer, httpFailure } from '../../../../client/failure.js';
import { sendJson, type JsonRequest } from '../../../../client/request.js';

type Request = Pick<JsonRequest, 'body' | 'headers' | 'keepalive'>;

const TIMEOUT_MS = 15_000;

/** A few requests with JSON: all the widget needs, at a tenth of the typed client's size. */
export class Rest {
  readonly #url: string;
  readonly #credentials: Credentials;

  constructor(url: string, token: TokenSource) {
    this.#url = `${url}/api/v1`;
    this.#credentials = new Credentials(token);
  }

  /** The JSON of a 2xx. Throws a `Refusal` when the server said no, a `Failure` when there was no answer of its. */
  async ask<Answer>(method: string, path: string, request?: Request): Promise<Answer> {
    const body = await jsonOf(await this.send(method, path, request));
    if (body === undefined) throw badAnswer();
    return body as Answer;
  }

  /** The same, as the answer came. */
  async send(method: string, path: string, request?: Request): Promise<Response> {
    const token = await this.#credentials.read();
    try {
      const response = await sendJson(this.#url + path, { ...request, method, token, timeout: TIMEOUT_MS });
      if (response.ok) return response;
      const refusal = await jsonOf(response);
      throw new Refusal(httpFailure(response.status, refusal, response.headers.get('retry-after')), refusal);
    } catch (error) {
      throw asFailure(error);
    }
  }
}

function jsonOf(response: Response): Promise<unknown> {
  return response.json().catch(() => undefined);
}
