import { retryAfterMs } from '../../outbound/retry-after.js';
import { VendorFailure } from '../port/video.errors.js';

const MAX_ANSWER_BYTES = 64 * 1024;
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/** A vendor's answer, when it is one we have to interpret: 2xx, or a 4xx that is about the request itself. */
export interface VendorAnswer {
  ok: boolean;
  status: number;
  /** Parsed JSON; undefined when the body was not JSON. */
  body: unknown;
}

/** One HTTP exchange with a vendor's REST API. Throws VendorFailure, which never quotes key, URL or answer. */
export class VendorApi {
  private readonly baseUrl: string;
  // A private name stays out of inspect() and JSON, and so out of logs.
  readonly #authorization: () => string;

  constructor(baseUrl: string, authorization: () => string) {
    this.#authorization = authorization;
    this.baseUrl = baseUrl.replace(/(?<!\/)\/+$/, '');
  }

  async request(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    signal: AbortSignal,
    body?: object,
  ): Promise<VendorAnswer> {
    try {
      const response = await fetch(this.baseUrl + path, {
        method,
        signal,
        // A redirect would carry the key to a place nobody configured.
        redirect: 'error',
        headers: {
          authorization: this.#authorization(),
          'content-type': 'application/json',
          accept: 'application/json',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await readCapped(response);
      throwForStatus(response);
      return { ok: response.ok, status: response.status, body: parseJson(text) };
    } catch (error) {
      if (error instanceof VendorFailure) throw error;
      throw new VendorFailure(signal.aborted ? 'timeout' : 'network');
    }
  }
}

function throwForStatus(response: Response): void {
  const { status } = response;
  if (status === 429) throw new VendorFailure('rate_limited', askedToWait(response));
  if (status >= 500) throw new VendorFailure('server_error', askedToWait(response));
  if (status === 401 || status === 403) throw new VendorFailure('key_refused');
}

function askedToWait(response: Response): number | undefined {
  const asked = retryAfterMs(response.headers.get('retry-after'));
  return asked === undefined ? undefined : Math.min(asked, LONGEST_RETRY_AFTER_MS);
}

async function readCapped(response: Response): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body, so nothing more is read.
    if (size > MAX_ANSWER_BYTES) throw new VendorFailure('bad_answer');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The key travels with every request, so plain http is for this machine only. `setting` names it in the error. */
export function checkedVendorUrl(apiUrl: string, setting: string): string {
  const { protocol, hostname } = new URL(apiUrl);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback))
    throw new Error(`${setting} must start with https://.`);
  return apiUrl;
}

/** Characters that no header can carry would surface in the HTTP client's error, key included. */
export function checkedVendorKey(key: string, setting: string): string {
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new Error(`${setting} has blanks or other characters that no key has.`);
  return key;
}
