import { describe, expect, test } from '@jest/globals';
import { databaseAddress } from './database-address.js';

const AT = 'postgresql://desk:secret@db.example:5432/concierge';
const FILE = import.meta.filename;

describe('the address of a database', () => {
  test.each([
    [AT, AT],
    [`${AT}?application_name=x`, `${AT}?application_name=x`],
    [`${AT}?sslmode=no-verify`, `${AT}?sslmode=no-verify`],
    [`${AT}?sslmode=disable`, `${AT}?sslmode=disable&uselibpqcompat=true`],
    [`${AT}?sslmode=require`, `${AT}?sslmode=require&uselibpqcompat=true`],
    [`${AT}?sslmode=verify-full`, `${AT}?sslmode=verify-full&uselibpqcompat=true`],
    [`${AT}?sslmode=verify-full&sslrootcert=system`, `${AT}?sslmode=verify-full&uselibpqcompat=true`],
  ])('%s is read as %s', (text, address) => {
    expect(databaseAddress(text)).toBe(address);
  });

  test('keeps the file of an authority', () => {
    const address = new URL(databaseAddress(`${AT}?sslmode=verify-ca&sslrootcert=${FILE}`));
    expect(address.searchParams.get('sslrootcert')).toBe(FILE);
  });

  test.each([
    ['mysql://db', 'must start with postgresql://'],
    [`${AT}?sslmode=prefer`, 'sslmode must be one of disable, require, verify-ca, verify-full'],
    [`${AT}?sslmode=verify-ca`, 'sslmode=verify-ca needs sslrootcert=<file>'],
    [`${AT}?sslrootcert=${FILE}`, 'sslrootcert needs sslmode=verify-full beside it'],
    [
      `${AT}?sslmode=verify-full&sslrootcert=/nowhere.crt`,
      '/nowhere.crt of sslrootcert cannot be read (ENOENT)',
    ],
  ])('%s is refused', (text, fault) => {
    expect(() => databaseAddress(text)).toThrow(fault);
  });
});
