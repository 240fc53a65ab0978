import { Inject, Injectable, Logger } from '@nestjs/common';
import { Periodic } from '../../../platform/schedule/periodic.decorator.js';
import { SLOW_EVERY_MS } from './realtime-timing.js';
import { SOCKET_SERVER, type ClientSocket, type SocketServer } from './socket-state.js';

const MOST_BUFFERED = 1024 * 1024;
/** A packet costs memory beside its text, which sockets share. */
const PACKET_COST = 200;

/** What engine.io keeps for a client that does not read: its own queue, and what the WebSocket has not got rid of. */
interface Connection {
  writeBuffer: readonly { data?: unknown }[];
  transport: { socket?: { bufferedAmount?: number } };
}

/** Cuts off anyone who does not read what they are sent, so that memory stays flat; they catch up when they come back. */
@Injectable()
export class SlowConsumers {
  private readonly logger = new Logger('Realtime');

  constructor(@Inject(SOCKET_SERVER) private readonly io: SocketServer) {}

  @Periodic(SLOW_EVERY_MS, 'those who do not read are not cut off')
  cut(): void {
    for (const socket of this.io.sockets.sockets.values()) {
      if (bufferedFor(socket) <= MOST_BUFFERED) continue;
      this.logger.debug(`Socket ${socket.id} does not read: closed.`);
      socket.conn.close(true);
      // A closing handshake would wait behind everything that is not read.
      socket.conn.request.socket.destroy();
    }
  }
}

/** Bytes waiting for this client, about. */
export function bufferedFor({ conn }: Pick<ClientSocket, 'conn'>): number {
  const { writeBuffer, transport } = conn as unknown as Connection;
  let bytes = transport.socket?.bufferedAmount ?? 0;
  for (const { data } of writeBuffer) bytes += PACKET_COST + (typeof data === 'string' ? data.length : 0);
  return bytes;
}
