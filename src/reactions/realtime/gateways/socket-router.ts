import { Injectable, Logger, type Type } from '@nestjs/common';
import type { SocketFailure } from '../../../contract/error-codes.js';
import type { Ack, ClientEvents } from '../../../contract/socket-events.js';
import type { Actor } from '../../../domain/auth/actor.js';
import { AuditLog } from '../../../domain/audit/audit-log.js';
import { badRequest, DomainError, invalidField } from '../../../platform/http/domain-error.js';
import { toErrorBody } from '../../../platform/http/error-body.js';
import { inspectValue } from '../../../platform/http/request-inspection.middleware.js';
import { runFrom } from '../../../platform/http/request-source.js';
import { strictValidation } from '../../../platform/http/strict-validation.js';
import { Limits } from '../../../platform/throttling/limits.js';
import { SocketAuth } from './socket-auth.js';
import { refusalOf } from '../server/socket-refusal.js';
import type { ClientSocket } from '../server/socket-state.js';

export interface SocketRequest<D> {
  socket: ClientSocket;
  actor: Actor;
  body: D;
}

type Callback<E extends keyof ClientEvents> = NonNullable<Parameters<ClientEvents[E]>[1]>;
/** The fields of a successful ack beside `ok`. */
type AnswerOf<E extends keyof ClientEvents> = Omit<Extract<Parameters<Callback<E>>[0], { ok: true }>, 'ok'>;
type Handler<D, A> = (request: SocketRequest<D>) => Promise<A> | A;

/** The limit of the same request over HTTP; `none` for what costs no look into the database, or what counts itself. */
export type SocketLimit = 'reads' | 'messages' | 'none';

interface Route {
  /** Null for events without fields. */
  dto: Type<object> | null;
  /** Finds out itself who is asking: `authorize` must work when the token before has expired. */
  anybody: boolean;
  limit: SocketLimit;
  handle: Handler<never, object>;
}

/** Brings each client event to its handler: budget, who is asking, limit, shape, answer. Nothing a client sends makes it throw. */
@Injectable()
export class SocketRouter {
  private readonly logger = new Logger('Realtime');
  private readonly routes = new Map<string, Route>();
  private readonly pipe = strictValidation();
  private underWay = new Set<Promise<void>>();

  constructor(
    private readonly auth: SocketAuth,
    private readonly audit: AuditLog,
    private readonly limits: Limits,
  ) {}

  on<E extends keyof ClientEvents, D extends object>(
    event: E,
    dto: Type<D> | null,
    handle: Handler<D, AnswerOf<E>>,
    { limit, anybody = false }: { limit: SocketLimit; anybody?: boolean },
  ): void {
    this.routes.set(event, { dto, anybody, limit, handle });
  }

  /** Takes over everything this socket sends; nothing reaches socket.io's own emitter. */
  serve(socket: ClientSocket): void {
    socket.use(([event, ...parameters]) => {
      const reply = replyOf(socket, parameters);
      try {
        socket.data.budget.spend();
      } catch (error) {
        reply(refusalOf(error));
        return;
      }
      const { source } = socket.data;
      const answered = socket.data.tail.then(() =>
        runFrom(source, () => this.answer(socket, event, parameters, reply)),
      );
      socket.data.tail = answered;
      this.underWay.add(answered);
      void answered.then(() => this.underWay.delete(answered));
    });
  }

  /** Resolves when everything that has been received is answered. */
  async idle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async answer(
    socket: ClientSocket,
    event: string,
    parameters: readonly unknown[],
    reply: (ack: Ack<object>) => void,
  ): Promise<void> {
    if (!socket.connected) return;
    try {
      reply({ ...(await this.handle(socket, event, parameters)), ok: true });
    } catch (error) {
      this.report(socket, event, error);
      reply(refusalOf(error));
    }
  }

  private async handle(socket: ClientSocket, event: string, parameters: readonly unknown[]): Promise<object> {
    const route = this.routes.get(event);
    if (route === undefined) throw badRequest('There is no such event.');
    const actor = route.anybody ? socket.data.actor : await this.auth.actorOf(socket);
    if (route.limit !== 'none') await this.limits.spend(route.limit, actor);
    const body = await this.bodyOf(route.dto, parameters);
    return route.handle({ socket, actor, body: body as never });
  }

  /** One object of the event's shape, as strict as a request's body. */
  private async bodyOf(dto: Type<object> | null, parameters: readonly unknown[]): Promise<object> {
    const [body = {}, ...more] = parameters;
    if (typeof body !== 'object' || body === null || Array.isArray(body) || more.length > 0)
      throw badRequest('Send one object, and a callback for the answer.');
    inspectValue(body);
    if (dto !== null) return (await this.pipe.transform(body, { type: 'body', metatype: dto })) as object;
    const [extra] = Object.keys(body);
    if (extra !== undefined)
      throw invalidField(extra, `${extra} is not a field of this event.`, 'unknown_field');
    return body;
  }

  /** As the HTTP filter does: faults of ours with their stack, what is unavailable in one line, denied access to the audit log. */
  private report(socket: ClientSocket, event: string, error: unknown): void {
    const { status } = toErrorBody(error);
    const { actor } = socket.data;
    const msg = `socket event ${event} failed`;
    if (status === 403)
      void this.audit.recordRefusal({ action: 'access.denied', actor, subject: `socket ${event}` });
    if (status < 500 || error instanceof DomainError) return;
    if (status === 503) this.logger.warn({ msg, reason: String(error) });
    else this.logger.error({ msg, err: error });
  }
}

/** The client's callback; whoever sent none hears of failures by an `error` event. */
function replyOf(socket: ClientSocket, parameters: unknown[]): (ack: Ack<object>) => void {
  if (typeof parameters.at(-1) === 'function') return parameters.pop() as (ack: Ack<object>) => void;
  return (ack) => {
    if (ack.ok) return;
    const { message, error } = ack satisfies SocketFailure;
    socket.emit('error', { message, error });
  };
}
