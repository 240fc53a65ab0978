import { io as connect } from 'socket.io-client';
import { until } from './ticket-viewer.js';

type Event = [name: string, data: Record<string, unknown>];
const NAMES = ['message', 'edit_message', 'delete_message', 'ticket_closed'];

/** The Delegated Tickets API's "Example Code for Socket Connection", word for word but for its console.log, and for the ways to look at it. */
export class DelegatedClient {
  readonly received: Event[] = [];
  readonly errors: unknown[] = [];

  private constructor(private readonly socket: ReturnType<typeof connect>) {}

  static async connect(SOCKET_URL: string, token: string): Promise<DelegatedClient> {
    const io = (url: string, options: object) => connect(url, { ...options, forceNew: true });

    const socket = io(SOCKET_URL, {
      query: { token },
    });

    const client = new DelegatedClient(socket);
    for (const name of NAMES)
      socket.on(name, (data: Record<string, unknown>) => client.received.push([name, data]));
    socket.on('error', (data) => client.errors.push(data));

    // Authorize after connecting
    socket.emit('authorize', { token });

    // The events of one socket are handled in order, so this answer comes after what was asked for above.
    await socket.emitWithAck('leave_ticket', { ticketId: '00000000-0000-4000-8000-000000000000' });
    return client;
  }

  async heard(name: string): Promise<void> {
    await until(() => this.received.some(([event]) => event === name));
  }

  async failed(): Promise<void> {
    await until(() => this.errors.length > 0);
  }

  close(): void {
    this.socket.disconnect();
  }
}
