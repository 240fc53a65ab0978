import { randomUUID } from 'node:crypto';
import {
  applyDecorators,
  createParamDecorator,
  UseInterceptors,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

const DESCRIPTION =
  'Makes repeating this request safe for 24 hours: same key and body, same answer (`Idempotent-Replayed: true`). ' +
  '8 to 255 of A-Z a-z 0-9 . _ : -, best a random UUID.';

/** For every POST that creates: a repeated `Idempotency-Key` gets the first answer. Costs nothing without the header. */
export const Idempotent = () =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: DESCRIPTION }),
  );

/**
 * The id under which the handler creates its entity: the same at every retry of a keyed request, else a new one. A unique
 * violation on it means that an earlier try succeeded: return that row.
 */
export const ResourceId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string =>
    context.switchToHttp().getRequest<Request>().idempotency?.resourceId ?? randomUUID(),
);
