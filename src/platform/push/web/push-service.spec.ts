import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { postPush } from './push-service.js';

test('a push follows no redirect, and reads no answer', async () => {
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.writeHead(307, { location: '/elsewhere', 'retry-after': '7' });
    // An answer that never ends.
    response.write('x');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = { endpoint: `http://127.0.0.1:${port}/push`, headers: {}, body: Buffer.from('x') };
  expect(await postPush(request, new AbortController().signal)).toEqual({ status: 307, retryAfter: '7' });
  expect(asked).toEqual(['/push']);
  server.closeAllConnections();
  server.close();
});
