import {
  Injectable,
  Logger,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { DomainError, invalidField } from '../errors/domain-error.js';
import { toErrorBody } from '../errors/error-body.js';
import { IdempotencyStore, type KeyedRequest, type StoredAnswer } from './idempotency-store.js';
import { hashOf, hashOfKey, idsNamedIn, scopeOf } from './request-hash.js';

const HEADER = 'idempotency-key';
const FORM = /^[A-Za-z0-9._:-]{8,255}$/;

declare module 'express-serve-static-core' {
  interface Request {
    /** Set while a request with an Idempotency-Key runs. */
    idempotency?: { resourceId: string };
  }
}

/**
 * Answers a repeated create with the first answer. The claim fixes the id of what is created, so that a retry after a crash
 * meets its own row instead of making a second one.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger('Idempotency');

  constructor(private readonly store: IdempotencyStore) {}

  intercept(
    context: ExecutionContext,
    next: CallHandler,
  ): Observable<unknown> | Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers[HEADER];
    if (key === undefined) return next.handle();
    if (typeof key !== 'string' || !FORM.test(key)) {
      throw invalidField(
        'Idempotency-Key',
        'Idempotency-Key must be 8 to 255 of A-Z a-z 0-9 . _ : -',
        'format',
      );
    }
    const route = `${context.getClass().name}.${context.getHandler().name}`;
    const keyed = {
      scope: scopeOf(request, route),
      key: hashOfKey(key),
      hash: hashOf(request),
      about: idsNamedIn(request),
    };
    return this.answer(keyed, request, context.switchToHttp().getResponse<Response>(), next);
  }

  private async answer(
    keyed: KeyedRequest,
    request: Request,
    response: Response,
    next: CallHandler,
  ): Promise<Observable<unknown>> {
    const claim = await this.store.claim(keyed);
    switch (claim.state) {
      case 'mismatch':
        throw mismatch();
      case 'in-flight':
        throw inFlight();
      case 'gone':
        throw gone();
      case 'answered':
        return of(replay(claim.answer, response));
      case 'mine':
        request.idempotency = { resourceId: claim.resourceId };
        return of(await this.run(keyed, response, next));
    }
  }

  private async run(keyed: KeyedRequest, response: Response, next: CallHandler): Promise<unknown> {
    let result: unknown;
    try {
      result = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      const refused = toErrorBody(error).status < 500;
      await this.quietly(() => (refused ? this.store.forget(keyed) : this.store.release(keyed)));
      throw error;
    }
    const body = result === undefined ? '' : JSON.stringify(result);
    await this.quietly(() => this.store.keep(keyed, { status: response.statusCode, body }));
    return result;
  }

  /** What happened has happened, and a retry heals a claim that stays behind: this must not change the answer. */
  private async quietly(bookkeeping: () => Promise<void>): Promise<void> {
    try {
      await bookkeeping();
    } catch (error) {
      this.logger.warn({ msg: 'An idempotency key could not be updated', err: error });
    }
  }
}

function replay(answer: StoredAnswer, response: Response): unknown {
  response.status(answer.status).setHeader('Idempotent-Replayed', 'true');
  return answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown);
}

const mismatch = () =>
  new DomainError({
    code: 'IDEMPOTENCY_MISMATCH',
    status: 422,
    message: 'This Idempotency-Key was used for another request. Use a new key.',
  });

const gone = () =>
  new DomainError({
    code: 'GONE',
    status: 410,
    message: 'What this Idempotency-Key stands for has been deleted. Use a new key to start again.',
  });

const inFlight = () =>
  new DomainError({
    code: 'IDEMPOTENCY_IN_FLIGHT',
    status: 409,
    message: 'The first request with this Idempotency-Key is still being worked on.',
    retryAfter: 1,
  });
