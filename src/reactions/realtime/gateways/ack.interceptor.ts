import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { Ack, ClientEvents } from '../../../contract/socket-events.js';

type Callback<E extends keyof ClientEvents> = NonNullable<Parameters<ClientEvents[E]>[1]>;
/** What the handler of an event returns: the fields of its successful ack beside `ok`. */
export type AnswerOf<E extends keyof ClientEvents> = Omit<
  Extract<Parameters<Callback<E>>[0], { ok: true }>,
  'ok'
>;

/** Turns what a handler returns, or nothing, into the ack of success. */
@Injectable()
export class AckInterceptor implements NestInterceptor<object | undefined, Ack<object>> {
  intercept(_context: ExecutionContext, next: CallHandler<object | undefined>): Observable<Ack<object>> {
    return next.handle().pipe(map((answer) => ({ ...answer, ok: true })));
  }
}
