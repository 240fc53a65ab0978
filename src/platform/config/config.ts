import { resolve } from 'node:path';
import { environmentSchema, type Environment } from './config.schema.js';
import { readDelegatedKeys, type DelegatedKey } from './delegated-keys.js';
import { readForeignSettings } from './foreign-settings.js';
import { keptSecret, looksLikeSample } from './secrets.js';

/** Every setting of the product, grouped, checked and complete. */
export interface Config {
  environment: Environment['NODE_ENV'];
  port: number;
  publicUrl: string;
  dataDir: string;
  logLevel: Environment['LOG_LEVEL'];
  role: Environment['ROLE'];
  /** True: the start neither migrates nor creates accounts. */
  skipPrebuild: boolean;
  /** `directUrl`: PostgreSQL itself, where `url` leads to a connection pooler. */
  database: {
    url: string | undefined;
    directUrl?: string | undefined;
    pool: number;
    /** Milliseconds. */
    connectTimeout?: number;
  };
  redisUrl: string | undefined;
  secrets: { jwt: string; encryption: string };
  /** Backends whose tokens count here. Without keys none does. */
  delegated: { keys: DelegatedKey[]; audience: string | undefined };
  seed: { superAdminPassword: string | undefined; adminPassword: string | undefined };
  /** Whose members must have a second factor. */
  totpRequiredRoles: Environment['TOTP_REQUIRED_ROLES'];
  auditRetentionDays: number;
  donorAccess: Environment['DONOR_ACCESS'];
  corsOrigins: string[];
  trustedProxies: string[];
  metricsToken: string | undefined;
  video: {
    provider: Environment['VIDEO_PROVIDER'];
    dailyApiKey: string | undefined;
    dailyApiUrl: string;
    dailyDomainId: string | undefined;
    dailyWebhookSecret: string | undefined;
    videosdkApiKey: string | undefined;
    videosdkSecretKey: string | undefined;
    videosdkApiUrl: string;
    iceServers: string;
    /** Shared with the TURN servers of `iceServers` that have no password there. */
    turnSecret: string | undefined;
    callRequestTtl: number;
  };
  /** `delay`: seconds an unread message waits before it is mailed. */
  mail: { smtpUrl: string | undefined; from: string | undefined; delay: number };
  push: {
    projectId: string | undefined;
    clientEmail: string | undefined;
    /** PEM, with real line ends. */
    privateKey: string | undefined;
    apiUrl: string | undefined;
    /** False keeps the words of messages out of pushes. */
    preview: boolean;
  };
  /** Pushes to browsers without an account at a vendor. `local` lets push services be on this machine, without TLS. */
  webPush: { isOn: boolean; local: boolean };
  /** Requests a minute. */
  limits: { tickets: number; reads: number; messages: number; logins: number; staff: number };
  /** Sockets open at once, in each process. */
  sockets: { perIdentity: number; perAddress: number };
}

/** Names every faulty setting at once. */
export class ConfigInvalid extends Error {
  constructor(readonly faults: string[]) {
    super(
      `Concierge cannot start: ${faults.length} setting(s) need attention.\n${faults.map((f) => `  - ${f}`).join('\n')}`,
    );
  }
}

const REQUIRED_IN_PRODUCTION = ['JWT_SECRET', 'ENCRYPTION_KEY', 'PUBLIC_URL'] as const;
const SECRETS = ['JWT_SECRET', 'JWT_SECRET_KEY', 'ENCRYPTION_KEY'] as const;

/** Looks at the settings as they came, so that what is malformed and what is missing is told at once. */
function productionFaults(source: NodeJS.ProcessEnv): string[] {
  if (source['NODE_ENV'] !== 'production') return [];
  const faults: string[] = [];
  for (const name of REQUIRED_IN_PRODUCTION) {
    if (!source[name]) faults.push(`${name} must be set in production. See .env.example.`);
  }
  for (const name of SECRETS) {
    const value = source[name];
    if (value && looksLikeSample(value)) {
      faults.push(`${name} looks like a sample. Make one with: openssl rand -base64 48`);
    }
  }
  if (source['CORS_ORIGINS']?.split(',').some((origin) => origin.trim() === '*')) {
    faults.push('CORS_ORIGINS must list exact origins in production, not *.');
  }
  return faults;
}

/** Settings that are worth nothing alone. */
const TOGETHER = [
  ['SMTP_URL', 'MAIL_FROM'],
  ['FIREBASE_PROJECT_ID', 'FIREBASE_CLIENT_EMAIL', 'FIREBASE_PRIVATE_KEY'],
];

function incompleteFaults(source: NodeJS.ProcessEnv): string[] {
  if (source['DIRECT_DATABASE_URL'] && !source['DATABASE_URL'])
    return ['DATABASE_URL must be set too: DIRECT_DATABASE_URL is the way past its connection pooler.'];
  return TOGETHER.flatMap((names) => {
    const missing = names.filter((name) => !source[name]);
    if (missing.length === 0 || missing.length === names.length) return [];
    const set = names.filter((name) => source[name]).join(' and ');
    return missing.map((name) => `${name} must be set too: ${set} needs it. See .env.example.`);
  });
}

/**
 * Parses the environment into the Config, printing every fault at once by throwing ConfigInvalid.
 * Outside production unset secrets are generated once into DATA_DIR.
 */
export function loadConfig(given: NodeJS.ProcessEnv): Config {
  const { source } = readForeignSettings(given);
  const parsed = environmentSchema.safeParse(source);
  const malformed = parsed.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? [];
  const delegated = readDelegatedKeys({
    secret: orUnset(source['JWT_SECRET_KEY']),
    publicKey: orUnset(source['DELEGATED_PUBLIC_KEY']),
    jwksFile: orUnset(source['DELEGATED_JWKS_FILE']),
    issuer: orUnset(source['DELEGATED_ISSUER']),
    roles: parsed.data?.DELEGATED_ROLES ?? [],
  });
  const faults = [
    ...malformed,
    ...secretFaults(source),
    ...delegated.faults,
    ...productionFaults(source),
    ...incompleteFaults(source),
  ];
  if (!parsed.success || faults.length > 0) throw new ConfigInvalid(faults);
  return toConfig(parsed.data, delegated.keys);
}

const orUnset = (setting: string | undefined): string | undefined => (setting === '' ? undefined : setting);

/** With one secret for both, anyone who may vouch for donors could sign as any member of staff. */
function secretFaults({ JWT_SECRET: own, JWT_SECRET_KEY: delegated }: NodeJS.ProcessEnv): string[] {
  return own && own === delegated
    ? ['JWT_SECRET_KEY must differ from JWT_SECRET: it is shared with another server.']
    : [];
}

function toConfig(env: Environment, delegatedKeys: DelegatedKey[]): Config {
  const dataDir = resolve(env.DATA_DIR);
  return {
    environment: env.NODE_ENV,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    dataDir,
    logLevel: env.LOG_LEVEL,
    role: env.ROLE,
    skipPrebuild: env.SKIP_PREBUILD === 'true',
    database: { url: env.DATABASE_URL, directUrl: env.DIRECT_DATABASE_URL, pool: env.DATABASE_POOL },
    redisUrl: env.REDIS_URL,
    secrets: {
      jwt: env.JWT_SECRET ?? keptSecret(dataDir, 'jwt'),
      encryption: env.ENCRYPTION_KEY ?? keptSecret(dataDir, 'encryption'),
    },
    delegated: { keys: delegatedKeys, audience: env.DELEGATED_AUDIENCE },
    seed: { superAdminPassword: env.SUPER_ADMIN_PASSWORD, adminPassword: env.ADMIN_PASSWORD },
    totpRequiredRoles: env.TOTP_REQUIRED_ROLES,
    auditRetentionDays: env.AUDIT_RETENTION_DAYS,
    donorAccess: env.DONOR_ACCESS,
    corsOrigins: env.CORS_ORIGINS,
    trustedProxies: env.TRUSTED_PROXIES,
    metricsToken: env.METRICS_TOKEN,
    ...groups(env),
  };
}

function groups(
  env: Environment,
): Pick<Config, 'video' | 'mail' | 'push' | 'webPush' | 'limits' | 'sockets'> {
  return {
    video: {
      provider: env.VIDEO_PROVIDER,
      dailyApiKey: env.DAILY_API_KEY,
      dailyApiUrl: env.DAILY_API_URL,
      dailyDomainId: env.DAILY_DOMAIN_ID,
      dailyWebhookSecret: env.DAILY_WEBHOOK_SECRET,
      videosdkApiKey: env.VIDEOSDK_API_KEY,
      videosdkSecretKey: env.VIDEOSDK_SECRET_KEY,
      videosdkApiUrl: env.VIDEOSDK_API_URL,
      iceServers: env.ICE_SERVERS,
      turnSecret: env.TURN_SECRET,
      callRequestTtl: env.CALL_REQUEST_TTL,
    },
    mail: { smtpUrl: env.SMTP_URL, from: env.MAIL_FROM, delay: env.MAIL_DELAY },
    push: {
      projectId: env.FIREBASE_PROJECT_ID,
      clientEmail: env.FIREBASE_CLIENT_EMAIL,
      privateKey: env.FIREBASE_PRIVATE_KEY?.replaceAll('\\n', '\n'),
      apiUrl: env.FIREBASE_API_URL,
      preview: env.PUSH_PREVIEW === 'on',
    },
    webPush: { isOn: env.WEB_PUSH === 'on', local: env.NODE_ENV === 'test' },
    limits: {
      tickets: env.LIMIT_TICKETS,
      reads: env.LIMIT_READS,
      messages: env.LIMIT_MESSAGES,
      logins: env.LIMIT_LOGINS,
      staff: env.LIMIT_STAFF,
    },
    sockets: { perIdentity: env.LIMIT_SOCKETS, perAddress: env.LIMIT_SOCKETS_ADDRESS },
  };
}
