import type { ErrorCode } from '../../src/contract/error-codes.js';
import { serverNow } from './clock.js';

/** How long things may take and how often they are tried; milliseconds where nothing else is said. */
export interface Timing {
  /** Wait for the server's answer to a socket event. */
  readonly ackTimeout: number;
  /** Wait for an HTTP answer. */
  readonly httpTimeout: number;
  /** First pause after a failure; it doubles up to `retryMax`, with jitter. */
  readonly retryMin: number;
  readonly retryMax: number;
  /** A gap may close by itself this long before it is fetched. */
  readonly gapGrace: number;
  /** While the socket is unavailable, events are fetched this often. */
  readonly pollEvery: number;
  /** Failed rounds after which a message counts as not sent, and a stream as degraded. */
  readonly maxAttempts: number;
  /** "is typing" is repeated this often, and taken back after this long without a key. */
  readonly typingEvery: number;
  readonly typingIdle: number;
}

export const DEFAULT_TIMING: Timing = {
  ackTimeout: 5_000,
  httpTimeout: 10_000,
  retryMin: 500,
  retryMax: 15_000,
  gapGrace: 100,
  pollEvery: 5_000,
  maxAttempts: 4,
  typingEvery: 2_500,
  typingIdle: 5_000,
};

/** Refusals that say "later", not "no". */
const PASSING: ReadonlySet<string> = new Set<ErrorCode>([
  'RATELIMIT',
  'SERVICE_UNAVAILABLE',
  'VIDEO_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
  'IDEMPOTENCY_IN_FLIGHT',
]);

/**
 * Why something did not work. `code` is the server's, or one of ours: `OFFLINE` (no connection), `TIMEOUT`
 * (no answer), `BAD_ANSWER` (not our server's answer), `BEHIND` (the server's answer lacks events it announced).
 */
export class Failure extends Error {
  readonly code: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** The server's Retry-After. */
  readonly retryAfterMs: number;

  constructor(code: string, message: string, retryable: boolean, retryAfterMs = 0) {
    super(message);
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The failure behind an ack with `ok: false`; anything that is no ack at all may be tried again. */
export function ackFailure(ack: unknown): Failure {
  const { error, message, retryAfter } = fieldsOf(ack);
  if (typeof error !== 'string') return badAnswer();
  return new Failure(error, textOf(message, error), PASSING.has(error), Number(retryAfter ?? 0) * 1000 || 0);
}

/** The failure behind an HTTP answer that is not 2xx. */
export function httpFailure(status: number, body: unknown, retryAfter: string | null): Failure {
  const { error, message } = fieldsOf(body);
  const code = textOf(error, `HTTP_${status}`);
  const retryable = status >= 500 || status === 408 || status === 425 || status === 429 || PASSING.has(code);
  return new Failure(code, textOf(message, code), retryable, retryable ? waitFrom(retryAfter) : 0);
}

export function badAnswer(): Failure {
  return new Failure('BAD_ANSWER', 'The answer could not be read.', true);
}

/** Whatever was thrown, as a failure; an unknown error is a network's, so it may be tried again. */
export function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  return new Failure('OFFLINE', error instanceof Error ? error.message : 'No connection.', true);
}

/** Pause before try number `attempt` (from 1): doubling, with jitter so that clients do not return in step. */
export function backoff(attempt: number, { retryMin, retryMax }: Timing): number {
  const ceiling = Math.min(retryMax, retryMin * 2 ** (attempt - 1));
  return ceiling * (0.5 + Math.random() / 2);
}

/** The fields of what should be an object; none when it is not. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value ? value : otherwise;
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function waitFrom(header: string | null): number {
  if (!header) return 0;
  const seconds = Number(header);
  return Math.max(0, (Number.isNaN(seconds) ? Date.parse(header) - serverNow() : seconds * 1000) || 0);
}
