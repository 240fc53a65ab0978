import { BadRequestException, ForbiddenException, HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, test } from '@jest/globals';
import { DomainError, unauthorized } from './domain-error.js';
import { toErrorBody } from './error-body.js';

/** An error as a library throws it: with a code, and perhaps a cause that carries one. */
function coded(code: string, message = 'secret detail', cause?: unknown): Error {
  return Object.assign(new Error(message), { code, cause });
}

/** As the http-errors package makes them, which Express and its body parser use. */
function httpError(statusCode: number, message: string, expose = true): Error {
  return Object.assign(new Error(message), { statusCode, status: statusCode, expose });
}

describe('toErrorBody', () => {
  test('tells what a module chose to tell', () => {
    const taken = new DomainError({
      code: 'TICKET_ALREADY_ASSIGNED',
      status: 409,
      message: 'Grace has this ticket.',
      details: { owner: { id: 7 } },
      retryAfter: 3,
    });
    expect(toErrorBody(taken)).toEqual({
      status: 409,
      code: 'TICKET_ALREADY_ASSIGNED',
      message: 'Grace has this ticket.',
      details: { owner: { id: 7 } },
      retryAfter: 3,
    });
    expect(toErrorBody(unauthorized())).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });

  test.each([
    [404, 'NOT_FOUND', new NotFoundException('Cannot GET /x')],
    [403, 'FORBIDDEN', new ForbiddenException()],
    [400, 'BAD_REQUEST', new BadRequestException('bad')],
    [414, 'BAD_REQUEST', new HttpException('long', 414)],
    [413, 'PAYLOAD_TOO_LARGE', httpError(413, 'request entity too large')],
    [415, 'UNSUPPORTED_MEDIA_TYPE', httpError(415, 'unsupported charset')],
  ])('knows the framework’s %i as %s', (status, code, error) => {
    expect(toErrorBody(error)).toMatchObject({ status, code });
  });

  test.each([
    ['the server is gone', coded('ECONNREFUSED'), 503],
    ['Prisma cannot reach it', coded('P1001'), 503],
    ['it is starting up', coded('P2039', 'x', { code: '57P03' }), 503],
    ['a lock was not free', coded('P2010', 'x', { originalCode: '55P03' }), 503],
    ['a statement took too long', coded('57014'), 503],
    ['a deadlock', coded('40P01'), 503],
    ['a row that exists', coded('P2002'), 409],
    ['a text that is no uuid', coded('P2023'), 400],
    ['a NUL character', coded('P2010', 'x', { cause: { originalCode: '22021' } }), 400],
    ['a number out of range', coded('22003'), 400],
  ])('knows of the database: %s', (_, error, status) => {
    const safe = toErrorBody(error);
    expect(safe.status).toBe(status);
    expect(safe.message).not.toContain('secret');
    expect(safe.retryAfter).toBe(status === 503 ? 2 : undefined);
  });

  test.each([
    new Error('secret detail'),
    new TypeError('secret detail'),
    httpError(500, 'secret detail', false),
    new HttpException('secret detail', 500),
    coded('P2003'),
    'secret detail',
    undefined,
    null,
    { statusCode: 200, message: 'secret detail' },
  ])('says nothing of anything else: %p', (error) => {
    expect(toErrorBody(error)).toEqual({
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong on our side.',
      details: {},
    });
  });
});
