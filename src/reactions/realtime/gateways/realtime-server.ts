import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
} from '@nestjs/common';
import { CallMembers } from '../presence/call-members.js';
import { SocketAuth } from './socket-auth.js';
import { SocketEngine } from '../server/socket-engine.js';
import { handshakeRefusal } from '../server/socket-refusal.js';
import { SocketRouter } from './socket-router.js';
import { SOCKET_SERVER, type ClientSocket, type SocketServer } from '../server/socket-state.js';
import { Viewers } from '../presence/viewers.js';

/** How long events under way may finish when the process stops. */
const FINISH_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 10;

/** Puts socket.io on the application's HTTP server, and takes it off without leaving an event unanswered. */
@Injectable()
export class RealtimeServer implements OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger('Realtime');
  private attached = false;
  private stopping = false;
  private closed: Promise<void> | undefined;

  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly engine: SocketEngine,
    private readonly auth: SocketAuth,
    private readonly router: SocketRouter,
    private readonly viewers: Viewers,
    private readonly calls: CallMembers,
  ) {}

  onApplicationBootstrap(): void {
    this.io.use((socket, next) => {
      this.auth.greet(socket).then(
        () => next(),
        (error: unknown) => next(handshakeRefusal(error)),
      );
    });
    this.io.on('connection', (socket) => this.welcome(socket));
    this.engine.attach();
    this.attached = true;
  }

  /**
   * What has been received is answered, what has been sent is delivered; then clients see their connection close, and come
   * back by themselves, to another process if there is one.
   */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    if (!this.attached) return;
    const deadline = Date.now() + FINISH_WITHIN_MS;
    await Promise.race([this.router.idle(), sleep(FINISH_WITHIN_MS, undefined, { ref: false })]);
    const connections = [...this.io.sockets.sockets.values()].map(({ conn }) => conn);
    for (const connection of connections) connection.close();
    while (connections.some(isOpen) && Date.now() < deadline) await sleep(LOOK_EVERY_MS);
    this.closed = this.io.close();
    // It closes what is left shortly after, and then waits for the HTTP server.
    await setImmediate();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.closed;
  }

  private welcome(socket: ClientSocket): void {
    this.router.serve(socket);
    socket.on('disconnect', () => {
      this.inBackground(this.viewers.left(socket));
      // Those of a process that stops come back to another, or to the next.
      this.inBackground(this.calls.left(socket, { returns: this.stopping }));
    });
    this.inBackground(this.auth.admit(socket));
  }

  private inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.logger.error({ msg: 'A connection was not handled', err: error }));
  }
}

function isOpen({ readyState }: ClientSocket['conn']): boolean {
  return readyState !== 'closed';
}
