import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { loadConfig } from '../../src/platform/config/config.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { tryDatabase } from '../../src/platform/doctor/part-trials.js';
import { startAppOn, type TestApp } from '../support/app.js';
import { openPool, type TestDatabase } from '../support/database.js';
import { describeWith } from '../support/needs.js';
import { HAS_OLDEST, OLDEST, startOldestPostgres, type OldestPostgres } from '../support/oldest-postgres.js';

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;
const describeWithTls = describeWith(HAS_OLDEST && HAS_OPENSSL, `postgresql-${OLDEST} and openssl`);

jest.setTimeout(120_000);

/** A key and a certificate for `localhost` that signs itself, readable by the account of the data directory. */
function certify(folder: string): void {
  const files = ['-keyout', join(folder, 'server.key'), '-out', join(folder, 'server.crt')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject],
    {
      stdio: 'ignore',
    },
  );
  const { uid, gid } = statSync(folder);
  for (const name of ['server.key', 'server.crt']) chownSync(join(folder, name), uid, gid);
}

describeWithTls('PostgreSQL over TLS', () => {
  let server: OldestPostgres;
  let database: TestDatabase;
  let folder: string;
  let authority: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concierge-tls-'));
    server = await startOldestPostgres({
      settings: { ssl: 'on' },
      prepare: async (data) => {
        certify(data);
        const rules = ['host all postgres 127.0.0.1/32 trust', 'hostssl all all 127.0.0.1/32 scram-sha-256'];
        await writeFile(join(data, 'pg_hba.conf'), `${rules.join('\n')}\n`);
        authority = join(folder, 'authority.crt');
        execFileSync('cp', [join(data, 'server.crt'), authority]);
      },
    });
    database = await server.createDatabase();
  });
  afterAll(async () => {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** DATABASE_URL as somebody writes it into .env, and what the desk makes of it. */
  const address = (query: string, host = 'localhost') => {
    const url = `${database.url.replace('127.0.0.1', host)}${query}`;
    return loadConfig({ DATA_DIR: folder, DATABASE_URL: url }).database.url ?? '';
  };
  const connect = (url: string) => tryDatabase({ url });
  const trusted = (mode: string) => `?sslmode=${mode}&sslrootcert=${authority}`;

  test('is told from the environment: each sslmode connects as psql does', async () => {
    for (const query of [
      '?sslmode=require',
      '?sslmode=no-verify',
      ...['require', 'verify-ca', 'verify-full'].map(trusted),
    ])
      expect({ query, ...(await connect(address(query))) }).toMatchObject({ query, state: 'ok' });
  });

  test.each([
    ['', 'no encryption', 'Add ?sslmode=verify-full'],
    ['?sslmode=disable', 'no encryption', 'Add ?sslmode=verify-full'],
    ['?sslmode=verify-full', 'self-signed certificate', 'Add sslrootcert='],
  ])('%j is refused with what to change', async (query, reason, advice) => {
    const refusal = expect(migrate(address(query), () => undefined)).rejects;
    await refusal.toThrow(reason);
    await expect(connect(address(query))).rejects.toThrow(advice);
  });

  test('a server without TLS is told so', async () => {
    const plain = await startOldestPostgres();
    const { url } = await plain.createDatabase();
    const { database: read } = loadConfig({ DATA_DIR: folder, DATABASE_URL: `${url}?sslmode=require` });
    await expect(migrate(read.url ?? '', () => undefined)).rejects.toThrow('does not support SSL');
    await plain.remove();
  });

  test('every connection of a desk is encrypted: requests, jobs and migrations', async () => {
    const url = address(trusted('verify-full'));
    await migrate(url, () => undefined);
    const desk: TestApp = await startAppOn({ ...database, url, drop: async () => undefined });
    expect((await fetch(`${desk.url}/health/ready`)).status).toBe(200);
    const pool = openPool({ url: server.adminUrl(new URL(url).pathname.slice(1)) });
    const { rows } = await pool.query<{ application_name: string; ssl: boolean }>(
      `SELECT DISTINCT application_name, ssl FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)
        WHERE datname = current_database() AND usename = 'concierge' ORDER BY 1`,
    );
    await pool.end();
    await desk.close();
    expect(rows.map(({ ssl }) => ssl)).not.toContain(false);
    expect(rows.map(({ application_name: name }) => name)).toEqual(
      expect.arrayContaining(['concierge', 'concierge-jobs']),
    );
  });
});
