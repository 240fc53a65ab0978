import type { SocketFailure } from '../../../contract/error-codes.js';
import { toErrorBody } from '../../../platform/http/errors/error-body.js';

/** What a client is told of a failure: the same facts as over HTTP, `retryAfter` in seconds. */
export function refusalOf(error: unknown): SocketFailure {
  const { code, message, errors, details, retryAfter } = toErrorBody(error);
  return {
    ...details,
    ok: false,
    error: code,
    message,
    ...(errors && { errors }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** The same for a handshake: socket.io sends `message` and `data`. */
export function handshakeRefusal(error: unknown): Error & { data: SocketFailure } {
  const data = refusalOf(error);
  return Object.assign(new Error(data.error), { data });
}
