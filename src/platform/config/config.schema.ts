import { z } from 'zod';
import { BACKEND_ROLES, STAFF_ROLES } from '../../contract/roles.js';
import { databaseAddress } from './database-address.js';
import { parseSender } from './mail-sender.js';
import { listedOrigin, publicAddress } from './origins.js';

const blankIsUnset = (value: unknown): unknown => (value === '' ? undefined : value);
const text = z.preprocess(blankIsUnset, z.string().optional());
const choice = <const T extends readonly [string, ...string[]]>(values: T, initial: T[number]) =>
  z.preprocess(blankIsUnset, z.enum(values).default(initial as never));
const whole = (initial: number, min: number, max: number) =>
  z.preprocess(blankIsUnset, z.coerce.number().int().min(min).max(max).default(initial));
const list = z.preprocess(blankIsUnset, z.string().default('')).transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
/** Text that `read` turns into what is kept; what it throws is the fault. */
const read = (value: (text: string) => string) => (text: string, context: z.RefinementCtx<string>) => {
  try {
    return value(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
};
/** An address that paths are appended to. */
const base = z.url().transform((address) => address.replace(/(?<!\/)\/+$/, ''));
const secret = z.preprocess(blankIsUnset, z.string().min(32, 'must be at least 32 characters').optional());

/** Every environment variable Concierge reads, under its own name. Units: requests a minute for LIMIT_*, sockets at once for LIMIT_SOCKETS*, seconds for *_TTL. */
export const environmentSchema = z.object({
  NODE_ENV: choice(['development', 'production', 'test'], 'development'),
  PORT: whole(5005, 0, 65_535),
  PUBLIC_URL: z.preprocess(blankIsUnset, z.string().transform(read(publicAddress)).optional()),
  DATA_DIR: z.preprocess(blankIsUnset, z.string().default('.data')),
  DATABASE_URL: z.preprocess(blankIsUnset, z.string().transform(read(databaseAddress)).optional()),
  DIRECT_DATABASE_URL: z.preprocess(blankIsUnset, z.string().transform(read(databaseAddress)).optional()),
  DATABASE_POOL: whole(10, 2, 200),
  REDIS_URL: z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^rediss?:\/\//, 'must start with redis://')
      .optional(),
  ),
  LOG_LEVEL: choice(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'info'),
  ROLE: choice(['all', 'web', 'worker'], 'all'),
  SKIP_PREBUILD: choice(['true', 'false'], 'false'),

  JWT_SECRET: secret,
  JWT_SECRET_KEY: secret,
  DELEGATED_JWKS_FILE: text,
  DELEGATED_PUBLIC_KEY: text,
  DELEGATED_ISSUER: text,
  DELEGATED_AUDIENCE: text,
  DELEGATED_ROLES: list.pipe(z.array(z.enum(BACKEND_ROLES))),
  ENCRYPTION_KEY: secret,
  SUPER_ADMIN_PASSWORD: z.preprocess(
    blankIsUnset,
    z.string().min(10, 'must be at least 10 characters').max(72).optional(),
  ),
  ADMIN_PASSWORD: z.preprocess(
    blankIsUnset,
    z.string().min(10, 'must be at least 10 characters').max(72).optional(),
  ),
  TOTP_REQUIRED_ROLES: list.pipe(z.array(z.enum(STAFF_ROLES))),
  AUDIT_RETENTION_DAYS: whole(400, 1, 36_500),
  DONOR_ACCESS: choice(['link', 'token', 'open'], 'link'),
  CORS_ORIGINS: list.pipe(z.array(z.string().transform(read(listedOrigin)))),
  TRUSTED_PROXIES: list,
  METRICS_TOKEN: text,

  VIDEO_PROVIDER: choice(['auto', 'direct', 'daily', 'videosdk'], 'auto'),
  DAILY_API_KEY: text,
  DAILY_API_URL: z.preprocess(blankIsUnset, base.default('https://api.daily.co/v1')),
  DAILY_DOMAIN_ID: text,
  DAILY_WEBHOOK_SECRET: text,
  VIDEOSDK_API_KEY: text,
  VIDEOSDK_SECRET_KEY: text,
  VIDEOSDK_API_URL: z.preprocess(blankIsUnset, base.default('https://api.videosdk.live/v2')),
  ICE_SERVERS: z.preprocess(blankIsUnset, z.string().default('')),
  TURN_SECRET: text,
  CALL_REQUEST_TTL: whole(120, 5, 3_600),

  SMTP_URL: z.preprocess(
    blankIsUnset,
    z
      .string()
      .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
      .optional(),
  ),
  MAIL_FROM: z.preprocess(
    blankIsUnset,
    z
      .string()
      .refine((text) => parseSender(text) !== undefined, 'must be one address: Our desk <desk@example.org>')
      .optional(),
  ),
  MAIL_DELAY: whole(120, 0, 86_400),
  FIREBASE_PROJECT_ID: text,
  FIREBASE_CLIENT_EMAIL: text,
  FIREBASE_PRIVATE_KEY: text,
  FIREBASE_API_URL: z.preprocess(blankIsUnset, base.optional()),
  PUSH_PREVIEW: choice(['on', 'off'], 'on'),
  WEB_PUSH: choice(['on', 'off'], 'on'),

  LIMIT_TICKETS: whole(3, 1, 10_000_000),
  LIMIT_READS: whole(30, 1, 10_000_000),
  LIMIT_MESSAGES: whole(15, 1, 10_000_000),
  LIMIT_LOGINS: whole(5, 1, 10_000_000),
  LIMIT_STAFF: whole(600, 1, 10_000_000),
  LIMIT_SOCKETS: whole(20, 1, 10_000_000),
  LIMIT_SOCKETS_ADDRESS: whole(200, 1, 10_000_000),
});

export type Environment = z.infer<typeof environmentSchema>;
