import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Metrics } from '../../../platform/metrics/metrics.js';
import { SOCKET_SERVER, type SocketServer } from './socket-state.js';

/** Who is connected, and how much they were sent. */
@Injectable()
export class SocketMetrics implements OnApplicationBootstrap {
  private delivered = 0;

  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.metrics.add({
      name: 'concierge_sockets_connected',
      help: 'Sockets of this process.',
      type: 'gauge',
      read: () => [{ value: this.io.sockets.sockets.size }],
    });
    this.metrics.add({
      name: 'concierge_socket_messages_total',
      help: 'Events and answers sent to sockets, each receiver counted.',
      type: 'counter',
      read: () => [{ value: this.delivered }],
    });
    // One function for all connections: a thousand sockets cost no more memory than one.
    const count = ({ type }: { type: string }) => {
      if (type === 'message') this.delivered += 1;
    };
    this.io.on('connection', ({ conn }) => conn.on('packetCreate', count));
  }
}
