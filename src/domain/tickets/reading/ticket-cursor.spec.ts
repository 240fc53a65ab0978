import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './ticket-cursor.js';

describe('a cursor', () => {
  test('is read as it was written', () => {
    const place = fc.record({ at: fc.date({ noInvalidDate: true }), id: fc.uuid() });
    fc.assert(fc.property(place, (cursor) => expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)));
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
