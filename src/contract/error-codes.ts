/** Machine-readable `error` of every failed answer, over HTTP and in socket acks. */
export const ERROR_CODES = [
  'BAD_REQUEST',
  'UNAUTHORIZED',
  'TOTP_REQUIRED',
  'TOTP_REFUSED',
  'TOTP_ENROLMENT_REQUIRED',
  'ONE_TIME_PASSWORD_USED',
  'PASSWORD_CHANGE_REQUIRED',
  'FORBIDDEN',
  'NOT_FOUND',
  'GONE',
  'METHOD_NOT_ALLOWED',
  'CONFLICT',
  'TEAM_EXISTS',
  'CATEGORY_EXISTS',
  'TAG_EXISTS',
  'SKILL_EXISTS',
  'LIST_FULL',
  'TEAM_REQUIRED',
  'LAST_SUPER_ADMIN',
  'ILLEGAL_TRANSITION',
  'TICKET_ALREADY_ASSIGNED',
  'TICKET_CLOSED',
  'TICKET_STALE',
  'CALL_ENDED',
  'CALL_REQUEST_CLOSED',
  'EDIT_WINDOW_CLOSED',
  'TRANSFER_TARGET_INVALID',
  'IDEMPOTENCY_IN_FLIGHT',
  'IDEMPOTENCY_MISMATCH',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'RATELIMIT',
  'TOO_MANY_CONNECTIONS',
  'SERVICE_UNAVAILABLE',
  'VIDEO_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** One fault of a request, named by where it is. */
export interface FieldError {
  location: string;
  message: string;
  type: string;
  context?: string;
}

/** The body of every failed HTTP answer. */
export interface ErrorBody {
  success: false;
  statusCode: number;
  error: ErrorCode;
  message: string;
  errors?: FieldError[];
  path: string;
  timestamp: string;
  requestId: string;
  [detail: string]: unknown;
}

/** The ack of a refused socket event. */
export interface SocketFailure {
  ok: false;
  error: ErrorCode;
  message: string;
  errors?: FieldError[];
  [detail: string]: unknown;
}
