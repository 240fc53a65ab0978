import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import type { Credentials } from '../credentials.js';
import { ackFailure, asFailure, backoff, Failure, fieldsOf, type Timing } from '../failure.js';

/** `unauthorized` stays until `authorize()`; the other three follow the network. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'unauthorized';

export type SocketSettings = Partial<ManagerOptions & SocketOptions>;
export type SocketFactory = (url: string, options: SocketSettings) => Socket;

export interface SocketLinkOptions {
  readonly url: string;
  readonly credentials: Credentials;
  readonly timing: Timing;
  readonly socketFactory: SocketFactory;
  readonly socketOptions?: SocketSettings;
  /** Whether anyone still needs the socket; without a need a cut socket stays cut. */
  readonly needed: () => boolean;
  readonly onState: (state: ConnectionState) => void;
  /** The server accepted another token on the open socket. */
  readonly onAuthorized: () => void;
  readonly onEvent: (name: string, payload: unknown) => void;
}

/** One socket that keeps itself connected and authorised, and reports every change of its state. */
export class SocketLink {
  readonly #options: SocketLinkOptions;
  #socket?: Socket;
  #state: ConnectionState = 'connecting';
  /** The token the server last got from us. */
  #token?: string;
  #refusals = 0;
  #retry?: ReturnType<typeof setTimeout>;
  #closed = false;

  constructor(options: SocketLinkOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Changes with every new connection. */
  get id(): string | undefined {
    return this.#socket?.id;
  }

  /** Connects, unless that has happened or is under way. */
  open(): void {
    if (this.#closed || this.#socket?.active) return;
    this.#setState('connecting');
    this.#socket ??= this.#create();
    this.#socket.connect();
  }

  /** Hands the current token to the server: after a login, a renewal, or to leave `unauthorized`. */
  async authorize(): Promise<void> {
    const token = await this.#options.credentials.read();
    if (this.#state !== 'online' || !token) {
      this.reconnect();
      return;
    }
    if (token !== this.#token) await this.#present(token).catch(() => this.reconnect());
  }

  /** Drops the connection, if any, and makes a new one. */
  reconnect(): void {
    if (!this.#socket) return;
    clearTimeout(this.#retry);
    this.#socket.disconnect();
    this.open();
  }

  /** The network is gone: socket.io would wait on in a handshake that was under way, some 20 s. Tries again later. */
  suspend(): void {
    if (!this.#socket?.active) return;
    this.#socket.disconnect();
    this.#connectLater();
  }

  /** Now may be better than the next attempt that is due. */
  wake(): void {
    if (this.#state === 'offline' && this.#options.needed()) this.reconnect();
  }

  /** Sends an event and answers its `ok: true` ack; throws a `Failure` at once when offline. */
  async request(event: string, payload: object, timeout = this.#options.timing.ackTimeout): Promise<unknown> {
    try {
      return await this.#send(event, payload, timeout);
    } catch (error) {
      if (asFailure(error).code !== 'UNAUTHORIZED' || !this.#token) throw error;
      await this.#renew();
      return this.#send(event, payload, timeout);
    }
  }

  /** Sends an event that may be lost without harm. */
  cast(event: string, payload: object): void {
    if (this.#state === 'online') this.#socket?.emit(event, payload);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket?.disconnect();
    this.#setState('offline');
  }

  #create(): Socket {
    const { url, socketFactory, socketOptions, onEvent } = this.#options;
    const { origin, pathname: path } = new URL(`${url}/socket.io`);
    const socket = socketFactory(origin, {
      path,
      autoConnect: false,
      forceNew: true,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      ...socketOptions,
      auth: (proceed) => void this.#introduce(proceed),
    });
    socket.on('connect', () => this.#setState('online'));
    socket.on('disconnect', (reason) => this.#onDisconnect(reason));
    socket.on('connect_error', (error) => void this.#onConnectError(error));
    socket.onAny((name: string, payload: unknown) => onEvent(name, payload));
    return socket;
  }

  async #introduce(proceed: (auth: object) => void): Promise<void> {
    try {
      this.#token = await this.#options.credentials.read();
      proceed(this.#token ? { token: this.#token } : {});
    } catch {
      this.#socket?.disconnect();
      this.#connectLater();
    }
  }

  #onDisconnect(reason: Socket.DisconnectReason): void {
    // Our own doing: the caller that disconnected has also set the state.
    if (reason === 'io client disconnect') return;
    this.#setState('connecting');
    if (reason === 'io server disconnect') this.#connectLater();
  }

  /** A lost network is retried by socket.io itself; a refusal by the server is ours to handle. */
  async #onConnectError(error: Error & { data?: unknown }): Promise<void> {
    if (this.#socket?.active) {
      this.#setState('offline');
      return;
    }
    const { code, retryAfterMs } = ackFailure(error.data);
    const isWelcome = code !== 'UNAUTHORIZED' || (await this.#hasRenewed());
    // Somebody may have signed in while the renewal was asked for.
    if (this.#closed || this.#socket?.active) return;
    if (isWelcome) this.#connectLater(retryAfterMs);
    else this.#setState('unauthorized');
  }

  async #hasRenewed(): Promise<boolean> {
    try {
      return Boolean(await this.#options.credentials.renew(this.#token));
    } catch {
      // The renewal failed, the token was not refused for good: the next attempt asks again.
      return true;
    }
  }

  #connectLater(retryAfterMs = 0): void {
    if (this.#closed) return;
    this.#setState('offline');
    if (!this.#options.needed()) return;
    clearTimeout(this.#retry);
    const pause = Math.max(retryAfterMs, backoff(++this.#refusals, this.#options.timing));
    this.#retry = setTimeout(() => this.open(), pause);
  }

  async #renew(): Promise<void> {
    const next = await this.#options.credentials.renew(this.#token);
    if (next) return this.#present(next).catch(() => this.#startOver());
    this.#setState('unauthorized');
    this.#socket?.disconnect();
    throw new Failure('UNAUTHORIZED', 'Please sign in again.', false);
  }

  async #present(token: string): Promise<void> {
    this.#token = token;
    await this.#send('authorize', { token }, this.#options.timing.ackTimeout);
    this.#options.onAuthorized();
  }

  /** The handshake finds out what a token is worth, and retries as often as that takes. */
  #startOver(): never {
    this.reconnect();
    throw new Failure('OFFLINE', 'No connection.', true);
  }

  async #send(event: string, payload: object, timeout: number): Promise<unknown> {
    const socket = this.#socket;
    if (!socket?.connected) throw new Failure('OFFLINE', 'No connection.', true);
    let ack: unknown;
    try {
      ack = await socket.timeout(timeout).emitWithAck(event, payload);
    } catch {
      throw new Failure(this.#state === 'online' ? 'TIMEOUT' : 'OFFLINE', 'No answer.', true);
    }
    if (fieldsOf(ack).ok !== true) throw ackFailure(ack);
    this.#refusals = 0;
    return ack;
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
