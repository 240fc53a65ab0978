import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { environmentSchema } from '../../src/platform/config/config.schema.js';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';
import { describeWithNginx, NGINX, NGINX_VERSION } from '../support/nginx.js';

const EXAMPLE = readFileSync(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8');

test('its bound of connections lets people read our own answer first', () => {
  const { LIMIT_SOCKETS_ADDRESS } = environmentSchema.parse({});
  const [, sockets] = /limit_conn concierge_sockets (\d+);/.exec(EXAMPLE) ?? [];
  expect(Number(sockets)).toBeGreaterThan(LIMIT_SOCKETS_ADDRESS);
  expect(Number(sockets)).toBeLessThan(2 * LIMIT_SOCKETS_ADDRESS);
});

describeWithNginx('deploy/nginx.conf', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'concierge-nginx-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** As an operator puts it in place: certificates of their own, and before 1.25.1 what its comment says. */
  async function installed(): Promise<string> {
    const certificate = [
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '1',
      '-subj',
      '/CN=desk.example.org',
    ];
    const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')];
    execFileSync('openssl', ['req', ...certificate, ...files], { stdio: 'ignore' });
    const [plain, secure] = [await freePort(), await freePort()];
    const text = EXAMPLE.replaceAll('/etc/letsencrypt/live/desk.example.org', folder)
      .replaceAll(/listen (\[::\]:)?80;/g, `listen 127.0.0.1:${plain};`)
      .replaceAll(/listen (\[::\]:)?443 ssl;/g, `listen 127.0.0.1:${secure} ssl;`)
      .replaceAll(/(listen [\d.:]+(?: ssl)?;)\s+\1/g, '$1');
    if (!isOlder(NGINX_VERSION!, '1.25.1')) return text;
    return text.replaceAll(' ssl;', ' ssl http2;').replace(/^ *http2 on;\n/m, '');
  }

  test('is what nginx -t accepts', async () => {
    writeFileSync(join(folder, 'concierge.conf'), await installed());
    const main = `pid ${folder}/nginx.pid; error_log stderr; events {} http { access_log off; include ${folder}/concierge.conf; }`;
    writeFileSync(join(folder, 'nginx.conf'), main);
    const { status, stderr } = spawnSync(NGINX, ['-t', '-p', folder, '-c', join(folder, 'nginx.conf')], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('test is successful') });
  });
});

function isOlder(version: string, than: string): boolean {
  return version.localeCompare(than, undefined, { numeric: true }) < 0;
}
