import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { until } from '../support/ticket-viewer.js';

/** Untyped: what an answer holds is what the tests find out. */
type Json = ReturnType<typeof JSON.parse>;

export interface Received {
  event: string;
  payload: Json;
}

type Options = Partial<ManagerOptions & SocketOptions>;

const ANSWER_WITHIN_MS = 10_000;

/** Somebody with a plain socket.io-client, who keeps everything the server has ever sent. */
export class SocketPerson {
  readonly received: Received[] = [];
  readonly socket: Socket;

  constructor(url: string, token?: string, options: Options = {}) {
    this.socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      ...(token !== undefined && { auth: { token } }),
      ...options,
    });
    this.socket.onAny((event: string, payload: unknown) => this.received.push({ event, payload }));
  }

  /** Connected, or refused in the handshake with this. */
  connected(): Promise<(Error & { data?: Json }) | undefined> {
    if (this.socket.connected) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.socket.once('connect', () => resolve(undefined));
      this.socket.once('connect_error', resolve);
    });
  }

  /** Sends an event as it is and answers the ack. */
  ask(event: string, ...body: unknown[]): Promise<Json> {
    return this.socket.timeout(ANSWER_WITHIN_MS).emitWithAck(event, ...body);
  }

  /** The same for what must succeed. */
  async must(event: string, body: object = {}): Promise<Json> {
    const ack = await this.ask(event, body);
    if (ack.ok !== true) throw new Error(`${event} was refused: ${JSON.stringify(ack)}`);
    return ack;
  }

  payloads(event: string): Json[] {
    return this.received.filter((one) => one.event === event).map((one) => one.payload);
  }

  /** The places of a ticket's events as they came in. */
  seqs(ticketId: string): number[] {
    return this.received
      .map(({ payload }) => payload)
      .filter((payload) => payload.ticketId === ticketId && typeof payload.type === 'string')
      .map((payload) => payload.seq);
  }

  /** Waits until such an event has come, and answers its payload. */
  async next(event: string, matches: (payload: Json) => boolean = () => true): Promise<Json> {
    const found = () => this.payloads(event).find(matches);
    await until(
      () => found() !== undefined,
      () => ({ event, received: this.received }),
    );
    return found();
  }

  /** Everything sent to this socket before now has been received once this resolves. */
  async settle(): Promise<void> {
    await this.ask('leave_ticket', { ticketId: '00000000-0000-4000-8000-000000000000' });
  }

  async gone(): Promise<void> {
    await until(() => !this.socket.connected);
  }

  close(): void {
    this.socket.disconnect();
  }
}

/** Opens sockets and closes them all. */
export class Crowd {
  private readonly people: SocketPerson[] = [];

  constructor(private readonly url: () => string) {}

  /** Somebody connected; a refused handshake throws. */
  async enter(token?: string, options: Options = {}): Promise<SocketPerson> {
    const person = this.knock(token, options);
    const refusal = await person.connected();
    if (refusal !== undefined) throw refusal;
    return person;
  }

  /** Somebody who may be refused. */
  knock(token?: string, options: Options = {}, url = this.url()): SocketPerson {
    const person = new SocketPerson(url, token, options);
    this.people.push(person);
    return person;
  }

  leave(): void {
    for (const person of this.people.splice(0)) person.close();
  }
}
