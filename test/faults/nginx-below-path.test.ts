import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { io } from 'socket.io-client';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';
import { Client, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { describeWithNginx, NGINX } from '../support/nginx.js';

jest.setTimeout(60_000);

const DOCUMENT = new URL('../../docs/operations.md', import.meta.url);

/** What the document prints for nginx: a part of its `http` block, and a part of a `server` block. */
async function partsOfDocument(): Promise<[http: string, server: string]> {
  const [, section = ''] = (await readFile(DOCUMENT, 'utf8')).split('## Below a path of your site\n');
  const [own = ''] = section.split('\n## ');
  const [http, server] = [...own.matchAll(/```nginx\n([^`]+)```/g)].map(([, block = '']) => block);
  return [http ?? '', server ?? ''];
}

describeWithNginx('nginx as docs/operations.md prints it', () => {
  let desk: Desk;
  let folder: string;
  let nginx: ChildProcess;
  let origin: string;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    desk = await openDesk({ publicUrl: `${origin}/desk`, trustedProxies: ['127.0.0.1'] });
    folder = await mkdtemp(path.join(os.tmpdir(), 'concierge-nginx-'));
    const [http, server] = await partsOfDocument();
    const file = path.join(folder, 'nginx.conf');
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder};`,
    );
    const location = server.replace('http://127.0.0.1:5005', desk.server.url);
    await writeFile(
      file,
      `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; events {}
      http { access_log off; ${places.join(' ')} ${http} server { listen 127.0.0.1:${port}; ${location} } }`,
    );
    nginx = spawn(NGINX, ['-p', folder, '-c', file, '-e', `${folder}/error.log`], { stdio: 'ignore' });
    while (!(await fetch(origin).catch(() => undefined))) {
      if (nginx.exitCode !== null) throw new Error(await readFile(`${folder}/error.log`, 'utf8'));
      await sleep(50);
    }
  });
  afterAll(async () => {
    nginx.kill();
    await once(nginx, 'exit');
    await desk.close();
    await rm(folder, { recursive: true });
  });

  const look = async (where: string) => {
    const answer = await fetch(origin + where, { redirect: 'manual' });
    return [answer.status, new URL(answer.headers.get('location') ?? 'about:blank', origin).pathname];
  };

  it('leads from the path to the dashboard', async () => {
    expect(await look('/desk')).toEqual([301, '/desk/']);
    expect(await look('/desk/')).toEqual([302, '/desk/dashboard']);
    expect((await fetch(`${origin}/health/ping`)).status).toBe(404);
    expect((await fetch(`${origin}/desk/health/ping`)).status).toBe(200);
  });

  it('serves the API, and says whose request it is', async () => {
    const donor = new Client({ url: `${origin}/desk` });
    const body = { donorId: 'maria', donorEmail: 'maria@example.org' };
    const ticket = await ok(donor.post('/tickets', body, { 'x-forwarded-for': '192.0.2.1' }), 201);
    expect(ticket.id).toBeDefined();
    const login = { username: desk.admin.username, password: 'not-the-password' };
    expect((await donor.post('/auth/login', login, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(401);
    let entry;
    while (entry === undefined) [entry] = await ok(desk.boss.get('/audit-log?action=auth.login_failed'));
    expect(entry.ip).toBe('127.0.0.1');
  });

  it('lets a WebSocket through', async () => {
    const socket = io(origin, { path: '/desk/socket.io', transports: ['websocket'], forceNew: true });
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    expect(socket.io.engine.transport.name).toBe('websocket');
    socket.disconnect();
  });
});
