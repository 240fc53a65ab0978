import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import express, { type ErrorRequestHandler } from 'express';
import { bodyDeadline } from './body-deadline.middleware.js';

let server: Server;

beforeEach(async () => {
  const app = express();
  app.use(bodyDeadline(/\/files$/, 50), express.json(), (request, response) => {
    response.json({ got: request.body as unknown });
  });
  const silent: ErrorRequestHandler = (_error, _request, response, _next) => void response.destroy();
  app.use(silent);
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends the head and half of the body; the rest follows after `pause` ms, if at all. Returns what comes back. */
function dribble(path: string, pause: number): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 7\r\n`;
  socket.write(`${head}Connection: close\r\n\r\n{"a"`);
  const rest = setTimeout(() => socket.write(':1}'), pause);
  return new Promise((resolve) => {
    let seen = '';
    socket.on('data', (chunk) => (seen += String(chunk)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(rest);
      resolve(seen);
    });
  });
}

test('a body that does not arrive in time is a 408, and its connection is closed', async () => {
  const answer = await dribble('/tickets', 60_000);
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('"statusCode":408');
});

test('an upload may take longer', async () => {
  expect(await dribble('/files', 150)).toContain('{"got":{"a":1}}');
});
