import { pino, stdTimeFunctions, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Config } from '../config/config.js';

/** What a line must never show, on its own and one or two levels down. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  'password',
  'passwordHash',
  'token',
  'secret',
  'donorEmail',
  'accessToken',
  'refreshToken',
  'donorToken',
  'userToken',
  'adminToken',
  'fcmToken',
];
const DEPTHS = ['', '*.', '*.*.'];
/** Connection strings quote passwords: postgresql://user:password@host, redis://:password@host. */
const PASSWORD_IN_URL = /(\b\w{1,20}:\/\/[^\s:/@]{0,200}:)[^\s@]{1,500}@/g;

function redactedPaths(): string[] {
  return DEPTHS.flatMap((depth) =>
    SECRET_FIELDS.map((field) => (field.startsWith('[') ? depth.replace(/\.$/, '') + field : depth + field)),
  );
}

function options(config: Pick<Config, 'logLevel'>): LoggerOptions {
  return {
    level: config.logLevel,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: redactedPaths(), censor: '[redacted]' },
    serializers: { err: describeError },
  };
}

/** An id may be all it takes to open what it names, and logs travel. */
const ID = /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/gi;

/**
 * An error as the log keeps it: kind, message, code, stack and cause, without the fields clients hang onto errors, and without
 * ids in its words.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    stack: withoutSecrets(error.stack ?? ''),
    ...(code !== undefined && { code }),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}

/** A text without the passwords of connection strings, and without ids. */
export function withoutSecrets(text: string): string {
  return text.replace(PASSWORD_IN_URL, '$1[redacted]@').replace(ID, '[id]');
}

/** The process's logger: JSON lines on standard output, or readable ones where a developer sits at the terminal. */
export function createLogger(
  config: Pick<Config, 'logLevel' | 'environment'>,
  destination?: DestinationStream,
): Logger {
  const readable = config.environment === 'development' && process.stdout.isTTY;
  const stream = destination ?? (readable ? prettyStream() : undefined);
  return stream ? pino(options(config), stream) : pino(options(config));
}

function prettyStream(): DestinationStream {
  return PinoPretty({ translateTime: 'SYS:HH:MM:ss', singleLine: true });
}
