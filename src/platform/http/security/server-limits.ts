import type { Server } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { ErrorBody } from '../../../contract/error-codes.js';

const HEADERS_TIMEOUT_MS = 10_000;
/** For uploads over a slow line; other bodies have 30 s (body-deadline.middleware.ts). */
const REQUEST_TIMEOUT_MS = 300_000;
/** Longer than the usual 60 s of load balancers, so that it is they who close idle connections. */
const KEEP_ALIVE_MS = 65_000;
const MAX_CONNECTIONS = 10_000;
const MAX_HEADERS = 100;

/** Bounds what one client can hold open, and answers requests that are not even HTTP in the product's error shape. */
export function limitServer(server: Server): void {
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = MAX_CONNECTIONS;
  server.maxHeadersCount = MAX_HEADERS;
  server.on('clientError', answerBrokenRequest);
}

function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [statusCode, phrase, message] = refusalOf(error.code);
  const body = JSON.stringify({
    success: false,
    statusCode,
    error: 'BAD_REQUEST',
    message,
    path: '',
    timestamp: new Date().toISOString(),
    requestId: randomUUID(),
  } satisfies ErrorBody);
  const head = [`HTTP/1.1 ${statusCode} ${phrase}`, 'Content-Type: application/json; charset=utf-8'];
  head.push(
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  );
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function refusalOf(code: string | undefined): [number, string, string] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return [431, 'Request Header Fields Too Large', 'The headers are too large.'];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return [408, 'Request Timeout', 'The request took too long to arrive.'];
  return [400, 'Bad Request', 'This is not a valid HTTP request.'];
}
