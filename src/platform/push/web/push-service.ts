import { once } from 'node:events';
import { request as requestPlain, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestTls } from 'node:https';
import { publicLookup } from './push-endpoint.js';

export interface PushServiceAnswer {
  status: number;
  retryAfter: string | undefined;
}

/** What is sent to a push service, as `web-push` writes it. */
export interface PushServiceRequest {
  endpoint: string;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/**
 * One POST to a push service; what it answers besides the status is not read. Follows no redirect and connects to no private address:
 * a browser named the endpoint. Node's `fetch` cannot be told which addresses to connect to.
 */
export async function postPush(
  { endpoint, headers, body }: PushServiceRequest,
  signal: AbortSignal,
): Promise<PushServiceAnswer> {
  const url = new URL(endpoint);
  const options = { method: 'POST', headers, signal };
  const request =
    url.protocol === 'https:'
      ? requestTls(url, { ...options, lookup: publicLookup })
      : requestPlain(url, options);
  request.end(body);
  const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
  // Lets the connection go, however long the answer would be.
  response.destroy();
  return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] };
}
