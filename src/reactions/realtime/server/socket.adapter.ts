import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Server } from 'socket.io';
import type { Ack } from '../../../contract/socket-events.js';
import { badRequest, DomainError } from '../../../platform/http/errors/domain-error.js';
import { inspectValue } from '../../../platform/http/validation/request-inspection.middleware.js';
import { runFrom } from '../../../platform/http/security/request-source.js';
import { SocketEngine } from './socket-engine.js';
import { refusalOf } from './socket-refusal.js';
import {
  SOCKET_SERVER,
  type ClientSocket,
  type EventHandler,
  type Reply,
  type SocketServer,
} from './socket-state.js';

/** How long events under way may finish when the process stops. */
const FINISH_WITHIN_MS = 2_000;
const POLL_EVERY_MS = 10;

interface ClientEvent {
  name: string;
  parameters: readonly unknown[];
  reply: Reply;
}

/**
 * Serves the gateways over socket.io. Nest's own adapter handles the events of one socket concurrently, ignores events that
 * no gateway subscribes to, and counts nothing. This one handles a socket's events in the order in which they were sent,
 * within the socket's budget, answers each of them, and stops without leaving one unanswered.
 */
@Injectable()
export class SocketAdapter extends IoAdapter implements OnModuleDestroy, OnApplicationShutdown {
  private readonly underWay = new Set<Promise<void>>();
  private attached = false;
  private stopping = false;
  private closed: Promise<void> | undefined;

  constructor(
    @Inject(SOCKET_SERVER) private readonly io: SocketServer,
    private readonly engine: SocketEngine,
  ) {
    super();
  }

  /** Whether this process is about to end: its clients connect again by themselves. */
  get isStopping(): boolean {
    return this.stopping;
  }

  /** Puts socket.io on the application's HTTP server. All gateways share it. */
  override create(): Server {
    this.io.on('connection', (socket) => this.receive(socket));
    this.engine.attach();
    this.attached = true;
    return this.io;
  }

  /** Called once for each gateway and socket. */
  override bindMessageHandlers(socket: ClientSocket, handlers: EventHandler[]): void {
    socket.data.handlers.push(...handlers);
  }

  /** Called once for each gateway and socket too, but all gateways hear of it when one is told. */
  override bindClientDisconnect(socket: ClientSocket, tellGateways: (reason: string) => void): void {
    if (socket.data.tellsDisconnect) return;
    socket.data.tellsDisconnect = true;
    socket.once('disconnect', tellGateways);
  }

  /** Nest calls this before it closes the HTTP server, which socket.io waits for; onModuleDestroy has closed the sockets. */
  override async close(): Promise<void> {
    return Promise.resolve();
  }

  /**
   * What has been received is answered, what has been sent is delivered; then clients see their connection close, and come
   * back by themselves, to another process if there is one.
   */
  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    if (!this.attached) return;
    const deadline = Date.now() + FINISH_WITHIN_MS;
    await Promise.race([Promise.all(this.underWay), sleep(FINISH_WITHIN_MS, undefined, { ref: false })]);
    const connections = [...this.io.sockets.sockets.values()].map(({ conn }) => conn);
    for (const connection of connections) connection.close();
    while (connections.some(isOpen) && Date.now() < deadline) await sleep(POLL_EVERY_MS);
    this.closed = this.io.close();
    // It closes what is left shortly after, and then waits for the HTTP server.
    await setImmediate();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.closed;
  }

  /** Takes over everything this socket sends; nothing reaches socket.io's own emitter. */
  private receive(socket: ClientSocket): void {
    const { data } = socket;
    socket.use(([name, ...parameters]) => {
      const event: ClientEvent = { name, parameters, reply: replyOf(socket, parameters) };
      try {
        data.budget.spend();
      } catch (error) {
        event.reply(refusalOf(error));
        return;
      }
      const answered = data.tail.then(() => runFrom(data.source, () => this.answer(socket, event)));
      data.tail = answered;
      this.underWay.add(answered);
      void answered.then(() => this.underWay.delete(answered));
    });
  }

  /** What a gateway refuses is answered by its exception filter, which then gives no ack. */
  private async answer(socket: ClientSocket, event: ClientEvent): Promise<void> {
    if (!socket.connected) return;
    try {
      const ack = await handle(socket, event);
      if (ack !== undefined) event.reply(ack);
    } catch (error) {
      if (!(error instanceof DomainError)) this.logger.error(error);
      event.reply(refusalOf(error));
    }
  }
}

async function handle(
  { data }: ClientSocket,
  { name, parameters, reply }: ClientEvent,
): Promise<Ack<object> | undefined> {
  const handler = data.handlers.find(({ message }) => message === name);
  if (handler === undefined) throw badRequest('There is no such event.');
  const result = await handler.callback(bodyOf(parameters), reply);
  return isObservable(result) ? lastValueFrom(result, { defaultValue: undefined }) : result;
}

/** One object, inspected before anything reads it, as the HTTP middleware inspects a body. */
function bodyOf([body = {}, ...more]: readonly unknown[]): object {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || more.length > 0)
    throw badRequest('Send one object, and a callback for the answer.');
  inspectValue(body);
  return body;
}

/** The client's callback. A client that sent none gets failures as an `error` event. */
function replyOf(socket: ClientSocket, parameters: unknown[]): Reply {
  if (typeof parameters.at(-1) === 'function') return parameters.pop() as Reply;
  return (ack) => {
    if (!ack.ok) socket.emit('error', { message: ack.message, error: ack.error });
  };
}

function isOpen({ readyState }: ClientSocket['conn']): boolean {
  return readyState !== 'closed';
}
