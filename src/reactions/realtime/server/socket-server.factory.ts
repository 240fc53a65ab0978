import { Server, type ServerOptions } from 'socket.io';
import type { AllowedOrigins } from '../../../platform/http/security/allowed-origins.js';
import type { Cluster } from './cluster.js';
import type { RealtimeTiming } from './realtime-timing.js';
import type { SocketBounds } from './socket-bounds.js';
import type { SocketServer } from './socket-state.js';

const LARGEST_MESSAGE = 64 * 1024;
const TOO_MANY = 'Too many connections are open. Close some, or try again later.';

/** CORS as for HTTP. A socket carries no cookie, so a page from elsewhere gains nothing but a stranger's rights. */
function cors(origins: AllowedOrigins): ServerOptions['cors'] {
  if (origins.everybody) return { origin: '*' };
  // Asked with each request: the list may grow while the process runs.
  const origin = (_origin: unknown, decide: (error: null, allowed: string[]) => void) =>
    decide(null, origins.list());
  return { origin, credentials: true };
}

/** The socket.io server, not listening yet. Connection-state recovery stays off: it skips the handshake's authorisation. */
export function createSocketServer(
  origins: AllowedOrigins,
  cluster: Cluster,
  timing: RealtimeTiming,
  bounds: SocketBounds,
): SocketServer {
  const adapter = cluster.adapter();
  return new Server({
    path: '/socket.io',
    serveClient: false,
    transports: ['websocket', 'polling'],
    // Nine times slower and 270 kB a connection, measured.
    perMessageDeflate: false,
    maxHttpBufferSize: LARGEST_MESSAGE,
    connectTimeout: timing.proveWithin,
    cors: cors(origins),
    allowRequest: (request, decide) => decide(TOO_MANY, bounds.mayConnect(request)),
    ...(adapter && { adapter: adapter as unknown as ServerOptions['adapter'] }),
  });
}
