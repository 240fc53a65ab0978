import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor, isRowNumber } from './cursor.js';

describe('a cursor', () => {
  test('is read as it was written', () => {
    const place = fc.record({ at: fc.date({ noInvalidDate: true }), id: fc.uuid() });
    fc.assert(fc.property(place, (cursor) => expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)));
  });

  test('keeps the rank of a list that has one', () => {
    const ranked = { at: new Date(0), id: '00000000-0000-4000-8000-000000000000', rank: 2 };
    expect(decodeCursor(encodeCursor(ranked))).toEqual(ranked);
  });

  test('of a table that numbers its rows is no cursor of one that names them, and the other way round', () => {
    const numbered = { at: new Date(0), id: '4711' };
    expect(decodeCursor(encodeCursor(numbered), isRowNumber)).toEqual(numbered);
    expect(() => decodeCursor(encodeCursor(numbered))).toThrow('not from a Link header');
    const named = { at: new Date(0), id: '00000000-0000-4000-8000-000000000000' };
    expect(() => decodeCursor(encodeCursor(named), isRowNumber)).toThrow('not from a Link header');
  });

  test('that nobody wrote is refused, naming the field', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor(text)).toThrow(
          expect.objectContaining({ status: 400, errors: [expect.objectContaining({ location: 'cursor' })] }),
        );
      }),
    );
    const foreign = Buffer.from('8640000000000001.00000000-0000-4000-8000-000000000000').toString(
      'base64url',
    );
    expect(() => decodeCursor(foreign)).toThrow('not from a Link header');
  });
});
