import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestWatch } from '../logging/request-watch.js';

const PATIENCE_MS = 7_000;
const LOOK_EVERY_MS = 25;

/**
 * Takes a server out of service without breaking a request: no new connections, the open requests are answered (for up
 * to 7 s), each with `Connection: close`, and idle connections are closed.
 */
export async function drain(server: Server, watch: RequestWatch): Promise<void> {
  watch.closeConnections();
  server.close();
  const deadline = Date.now() + PATIENCE_MS;
  while (watch.inFlight > 0 && Date.now() < deadline) {
    server.closeIdleConnections();
    await sleep(LOOK_EVERY_MS);
  }
}
