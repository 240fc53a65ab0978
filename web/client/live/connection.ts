/**
 * The live side of Concierge for browsers: one socket, and over it any number of tickets and the staff's board.
 *
 * A ticket's events are handed over in order, without a gap and each once, whatever the network does: they are
 * numbered, and what is missing is fetched, by joining the ticket's room again or from `GET …/events?after=`.
 * Messages go through an outbox that sends each until the server has stored it, once. Nothing fails silently:
 * every trouble is a state of the connection, of a stream or of a message. See README.md beside this file.
 */
import { io } from 'socket.io-client';
import type { TicketEventPayload } from '../../../src/contract/events/event-payload.js';
import { Credentials, type TokenSource } from '../credentials.js';
import { DEFAULT_TIMING, Failure, fieldsOf, type Timing } from '../failure.js';
import type { StreamContext } from './ticket-sync.js';
import { Monitor, type MonitorOptions } from './monitor.js';
import { reportToPage, watchPage } from './page.js';
import { SocketLink, type ConnectionState, type SocketFactory, type SocketSettings } from './socket-link.js';
import { TicketStream, type StreamOptions } from './ticket-stream.js';
import { FetchTicketHttp, type TicketHttp } from './ticket-http.js';
import { isLogEvent } from './wire.js';

export interface ConnectionOptions<E extends TicketEventPayload = TicketEventPayload> {
  /** Address of the desk, without a slash at its end; a path such as /desk belongs to it. */
  readonly url: string;
  readonly token?: TokenSource;
  readonly onState?: (state: ConnectionState) => void;
  /** Told of faults that change no state: a full storage, an owner's callback that throws, an `error` event. */
  readonly onProblem?: (error: unknown) => void;
  readonly timing?: Partial<Timing>;
  readonly socketFactory?: SocketFactory;
  /** Passed on to socket.io-client, for example its reconnection delays. */
  readonly socketOptions?: SocketSettings;
  readonly http?: TicketHttp<E>;
}

/** The part of a connection that carries a call: its requests and signals are in no log. */
export type SignalLine = Pick<Connection, 'state' | 'request' | 'on' | 'onState'>;

/**
 * A connection that connects itself when the first ticket, monitor or request needs it. `E` is what the owner of the token
 * receives: pages of staff say `StaffEventPayload`.
 */
export function createConnection<E extends TicketEventPayload = TicketEventPayload>(
  options: ConnectionOptions<E>,
): Connection<E> {
  return new Connection(options);
}

export class Connection<E extends TicketEventPayload = TicketEventPayload> {
  readonly #context: StreamContext<E>;
  readonly #link: SocketLink;
  readonly #followers = new Set<TicketStream<E> | Monitor<E>>();
  readonly #stateListeners = new Set<(state: ConnectionState) => void>();
  readonly #eventListeners = new Map<string, Set<(payload: unknown) => void>>();
  readonly #stopWatching: () => void;

  constructor(options: ConnectionOptions<E>) {
    const { url, token, onProblem = reportToPage } = options;
    const timing = { ...DEFAULT_TIMING, ...options.timing };
    const credentials = new Credentials(token);
    this.#link = new SocketLink({
      url,
      credentials,
      timing,
      socketFactory: options.socketFactory ?? io,
      socketOptions: options.socketOptions,
      needed: () => this.#isNeeded(),
      onState: (state) => this.#onState(state),
      onAuthorized: () => this.#tellFollowers(),
      onEvent: (name, payload) => this.#onEvent(name, payload),
    });
    const http = options.http ?? new FetchTicketHttp<E>({ url, credentials, timeout: timing.httpTimeout });
    this.#context = { link: this.#link, http, timing, onProblem };
    this.#stopWatching = watchPage(
      () => this.wake(),
      () => this.#link.suspend(),
    );
    if (options.onState) this.#stateListeners.add(options.onState);
  }

  get state(): ConnectionState {
    return this.#link.state;
  }

  /** Follows a ticket. */
  ticket(ticketId: string, options: StreamOptions<E>): TicketStream<E> {
    return this.#follow(new TicketStream(ticketId, options, this.#context, (stream) => this.#leave(stream)));
  }

  /** Follows the board of all tickets; staff only. */
  monitor(options: MonitorOptions<E>): Monitor<E> {
    return this.#follow(new Monitor(options, this.#context, (monitor) => this.#followers.delete(monitor)));
  }

  /** Sends an event and answers its ack; throws a `Failure` when refused, unanswered, or not online in time. */
  async request(event: string, payload: object, timeout = this.#context.timing.ackTimeout): Promise<unknown> {
    this.#link.open();
    if (this.state !== 'online') await this.#untilOnline(timeout);
    return this.#link.request(event, payload, timeout);
  }

  /** Listens to a server event of any name, such as `call:signal` or `presence`; answers how to stop. */
  on(event: string, listener: (payload: unknown) => void): () => void {
    const listeners = this.#eventListeners.get(event) ?? new Set();
    this.#eventListeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Listens to the connection's state; answers how to stop. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** To be called when `token()` answers something new for the same person; a new person needs a new connection. */
  authorize(): Promise<void> {
    return this.#link.authorize();
  }

  /** Checks everything at once, as when the page comes to the front. */
  wake(): void {
    this.#link.wake();
    for (const follower of this.#followers) follower.wake();
  }

  /** Closes the socket and everything that follows over it. */
  close(): void {
    this.#stopWatching();
    for (const follower of [...this.#followers]) follower.close();
    this.#link.close();
  }

  #follow<F extends TicketStream<E> | Monitor<E>>(follower: F): F {
    this.#followers.add(follower);
    // Not before the owner holds what it has asked for.
    queueMicrotask(() => {
      if (!this.#followers.has(follower)) return;
      this.#link.open();
      follower.start();
    });
    return follower;
  }

  #leave(stream: TicketStream<E>): void {
    const { ticketId } = stream;
    this.#followers.delete(stream);
    if (!this.#streams(ticketId).length) this.#link.cast('leave_ticket', { ticketId });
  }

  #streams(ticketId: unknown): TicketStream<E>[] {
    const streams = [...this.#followers].filter((follower) => follower instanceof TicketStream);
    return streams.filter((stream) => stream.ticketId === ticketId);
  }

  #isNeeded(): boolean {
    const isFollowing = [...this.#followers].some((follower) => follower.state !== 'failed');
    return isFollowing || [...this.#eventListeners.values()].some((listeners) => listeners.size > 0);
  }

  #tellFollowers(): void {
    for (const follower of [...this.#followers]) follower.linkChanged();
  }

  #onState(state: ConnectionState): void {
    this.#tellFollowers();
    for (const listener of [...this.#stateListeners]) this.#tell(listener, state);
  }

  #onEvent(name: string, payload: unknown): void {
    const fields = fieldsOf(payload);
    if (isLogEvent<E>(payload)) {
      for (const follower of [...this.#followers]) {
        if (follower instanceof Monitor || follower.ticketId === payload.ticketId)
          follower.receive(payload, name);
      }
    } else {
      for (const stream of this.#streams(fields.ticketId)) stream.receiveSignal(name, fields);
    }
    if (name === 'error') this.#context.onProblem(payload);
    for (const listener of [...(this.#eventListeners.get(name) ?? [])]) this.#tell(listener, payload);
  }

  #untilOnline(timeout: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.onState((state) => {
        if (state === 'online') finish(resolve);
      });
      const late = () => finish(() => reject(new Failure('OFFLINE', 'No connection.', true)));
      const timer = setTimeout(late, timeout);
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        stop();
        settle();
      };
    });
  }

  #tell<T>(listener: (value: T) => void, value: T): void {
    try {
      listener(value);
    } catch (error) {
      this.#context.onProblem(error);
    }
  }
}
