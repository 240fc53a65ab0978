import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { environmentSchema } from '../../src/platform/config/config.schema.js';
import { ConfigInvalid, loadConfig } from '../../src/platform/config/config.js';

const EXAMPLE = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
const GOOD = 'Zk3vQ9xT1mPs7LwB4nRy8HcD2fJ6gKaE';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concierge-config-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The settings of .env.example with the value that stands behind each name. */
function exampleSettings(): Map<string, string> {
  const lines = EXAMPLE.matchAll(/^#([A-Z][A-Z0-9_]*)=(.*)$/gm);
  return new Map([...lines].map(([, name, value]) => [name!, value!]));
}

function faultsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig({ DATA_DIR: folder, ...env });
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.faults;
    throw error;
  }
  return [];
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

const COMPOSE = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
/** What docker-compose.yml takes from `.env` for itself. */
const COMPOSE_ONLY = 'POSTGRES_PASSWORD';

describe('.env.example', () => {
  test('lists every setting and, beside what docker-compose.yml needs, no other', () => {
    const known = [...Object.keys(environmentSchema.shape), COMPOSE_ONLY];
    expect([...exampleSettings().keys()].sort()).toEqual(known.sort());
    const taken = [...COMPOSE.matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    expect(known).toEqual(expect.arrayContaining(taken));
    expect(taken).toContain(COMPOSE_ONLY);
  });

  test('has docker-compose.yml trust the proxy on its own, fixed network', () => {
    const [, subnet = 'none'] = /subnet: (\S+)/.exec(COMPOSE) ?? [];
    expect(COMPOSE).toContain(`TRUSTED_PROXIES: \${TRUSTED_PROXIES:-${subnet}}`);
    expect(subnet).toMatch(/^172\.\d+\.\d+\.0\/24$/);
  });

  test('shows the defaults', () => {
    const shown = Object.fromEntries([...exampleSettings()].filter(([, value]) => value !== ''));
    expect(environmentSchema.parse(shown)).toEqual(environmentSchema.parse({}));
    const unset = environmentSchema.parse({}) as Record<string, unknown>;
    const hidden = [...exampleSettings()].filter(([name, value]) => value === '' && !isNothing(unset[name]));
    expect(hidden).toEqual([]);
  });

  test('sets nothing when it is copied as it is', () => {
    expect(EXAMPLE.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  });
});

describe('production', () => {
  test('names everything that is missing at once', () => {
    const faults = faultsOf({ NODE_ENV: 'production' }).join('\n');
    for (const name of ['JWT_SECRET', 'ENCRYPTION_KEY', 'PUBLIC_URL'])
      expect(faults).toContain(`${name} must be set`);
  });

  test('names what is malformed along with what is missing', () => {
    const faults = faultsOf({
      NODE_ENV: 'production',
      PORT: 'five',
      JWT_SECRET: 'Zk3vQ9xT1m',
      ENCRYPTION_KEY: GOOD,
    });
    expect(faults).toEqual([
      expect.stringMatching(/^PORT: /),
      expect.stringMatching(/^JWT_SECRET: must be at least 32 characters/),
      expect.stringMatching(/^PUBLIC_URL must be set/),
    ]);
  });

  test.each([
    ['a sample', 'your_jwt_secret_here_change_me_please'],
    ['a repetition', 'ababababababababababababababababab'],
  ])('refuses %s for a secret', (_, sample) => {
    const env = { NODE_ENV: 'production', PUBLIC_URL: 'https://desk.example.org', ENCRYPTION_KEY: GOOD };
    expect(faultsOf({ ...env, JWT_SECRET: sample })).toEqual([expect.stringContaining('JWT_SECRET')]);
    expect(faultsOf({ ...env, JWT_SECRET: GOOD })).toEqual([]);
  });

  test('refuses CORS for everybody', () => {
    const env = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://desk.example.org',
      JWT_SECRET: GOOD,
      ENCRYPTION_KEY: GOOD,
    };
    expect(faultsOf({ ...env, CORS_ORIGINS: '*' })).toEqual([expect.stringContaining('CORS_ORIGINS')]);
  });
});

describe('elsewhere', () => {
  test('names every fault at once', () => {
    const faults = faultsOf({ PORT: 'five', LIMIT_READS: '0', DATABASE_URL: 'mysql://x', ROLE: 'boss' }).join(
      '\n',
    );
    for (const name of ['PORT', 'LIMIT_READS', 'DATABASE_URL', 'ROLE']) expect(faults).toContain(name);
  });

  test('keeps generated secrets for the next start, readable by nobody else', () => {
    const first = loadConfig({ DATA_DIR: folder }).secrets;
    expect(loadConfig({ DATA_DIR: folder }).secrets).toEqual(first);
    expect(first.jwt).not.toBe(first.encryption);
    expect(statSync(join(folder, 'secrets', 'jwt')).mode & 0o777).toBe(0o600);
  });

  test('takes blank settings for unset ones', () => {
    const blank = Object.fromEntries(Object.keys(environmentSchema.shape).map((name) => [name, '']));
    expect(loadConfig({ ...blank, DATA_DIR: folder }).port).toBe(5005);
  });
});

describe('settings that belong together', () => {
  test('are named when one is missing', () => {
    expect(faultsOf({ SMTP_URL: 'smtp://localhost' })).toEqual([expect.stringMatching(/^MAIL_FROM must be/)]);
    expect(faultsOf({ FIREBASE_PROJECT_ID: 'desk', FIREBASE_CLIENT_EMAIL: 'a@b.example' })).toEqual([
      expect.stringMatching(/^FIREBASE_PRIVATE_KEY must be set too/),
    ]);
  });

  test('come with the line ends of a key that was written on one line', () => {
    const env = { FIREBASE_PROJECT_ID: 'desk', FIREBASE_CLIENT_EMAIL: 'a@b.example', DATA_DIR: folder };
    expect(loadConfig({ ...env, FIREBASE_PRIVATE_KEY: 'a\\nb\\n' }).push.privateKey).toBe('a\nb\n');
  });
});

describe('origins', () => {
  const read = (env: NodeJS.ProcessEnv) => loadConfig({ DATA_DIR: folder, ...env });

  test('are kept as browsers send them, however they were written', () => {
    const { corsOrigins, publicUrl } = read({
      PUBLIC_URL: 'https://Desk.Example.org:443/',
      CORS_ORIGINS: 'https://Charity.Example/, http://shop.example:80/give',
    });
    expect(publicUrl).toBe('https://desk.example.org');
    expect(corsOrigins).toEqual(['https://charity.example', 'http://shop.example']);
  });

  test('that are none are refused with their setting and what to write', () => {
    expect(
      faultsOf({ PUBLIC_URL: 'desk.example.org', CORS_ORIGINS: 'https://a.example,charity.example' }),
    ).toEqual([
      expect.stringMatching(/^PUBLIC_URL: must be an address such as https:/),
      expect.stringMatching(/^CORS_ORIGINS.*"charity.example" is no origin; write it as https:/),
    ]);
  });
});

describe('settings of another support desk', () => {
  test('stand in for ours', () => {
    expect(loadConfig({ DATA_DIR: folder, WEB_SERVER_PORT: '6001' }).port).toBe(6001);
    expect(faultsOf({ SERVER_MODE: 'production' }).join()).toContain('JWT_SECRET must be set in production');
  });
});
