import { describe, expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import { IfGiven, MayBeLeftOut } from './optional.decorator.js';
import { strictValidation } from './strict-validation.js';
import { isUuid } from './uuid.js';
import { WholeNumber } from './whole-number.js';

class Body {
  @MayBeLeftOut() @WholeNumber(1, 5) leftOut?: number;
  @IfGiven() @WholeNumber(1, 5) given?: number;
}

/** What the pipe makes of a body, or what it says of the fields that it refuses. */
async function read(body: object, dto: Type<unknown> = Body): Promise<unknown> {
  try {
    return { ...((await strictValidation().transform(body, { type: 'body', metatype: dto })) as object) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.errors?.map(({ location, type }) => `${location}: ${type}`);
  }
}

describe('a field that may be absent', () => {
  it('may be missing or undefined', async () => {
    expect(await read({})).toEqual({});
    expect(await read({ leftOut: undefined, given: undefined })).toEqual({});
  });

  it('takes null for absence where every client may send it, and refuses it where it may mean a change', async () => {
    expect(await read({ leftOut: null })).toEqual({});
    expect(await read({ given: null })).toEqual(['given: isInt']);
  });

  it('is checked as any other once it is there', async () => {
    expect(await read({ leftOut: 5, given: 1 })).toEqual({ leftOut: 5, given: 1 });
    expect(await read({ leftOut: 6, given: 0 })).toEqual(['leftOut: max', 'given: min']);
  });
});

it.each([
  ['text', '3'],
  ['a fraction', 1.5],
  ['no number', Number.NaN],
])('a whole number is not %s', async (_title, value) => {
  expect(await read({ given: value })).toEqual(['given: isInt']);
});

it('knows a UUID of any version in any case, and nothing else', () => {
  expect(isUuid('00000000-0000-0000-0000-000000000000')).toBe(true);
  expect(isUuid('0198F3A0-7C1E-8D2B-A1B2-C3D4E5F60718')).toBe(true);
  for (const other of [
    '',
    'x',
    7,
    null,
    ' 0198f3a0-7c1e-8d2b-a1b2-c3d4e5f6071',
    '0198f3a07c1e8d2ba1b2c3d4e5f60718',
  ])
    expect(isUuid(other)).toBe(false);
});
