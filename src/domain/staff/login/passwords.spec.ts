import { describe, expect, test } from '@jest/globals';
import { hash } from 'bcrypt';
import type { Config } from '../../../platform/config/config.js';
import { hashPassword, Passwords } from './passwords.js';

const config = { environment: 'test' } as Config;

describe('Passwords', () => {
  test('answers 503 to a flood instead of letting it wait forever, and works again afterwards', async () => {
    const passwords = new Passwords(config);
    const stored = await passwords.hash('a good password');
    const flood = await Promise.allSettled(
      Array.from({ length: 200 }, () => passwords.matches('a good password', stored)),
    );
    const refused = flood.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(200 - 52);
    expect(refused[0]?.reason).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE', retryAfter: 2 });
    expect(await passwords.matches('a good password', stored)).toBe(true);
  });

  test('matches nothing where no hash is stored', async () => {
    const passwords = new Passwords(config);
    for (const stored of [null, undefined]) expect(await passwords.matches('', stored)).toBe(false);
  });

  test('matches a password however its accents are encoded, also where an earlier version has hashed it', async () => {
    const passwords = new Passwords(config);
    const [composed, apart] = ['Ångström für alle', 'Ångström für alle'.normalize('NFD')];
    for (const typed of [composed, apart]) {
      const stored = await passwords.hash(typed);
      expect(await passwords.matches(composed, stored)).toBe(true);
      expect(await passwords.matches(apart, stored)).toBe(true);
      expect(await passwords.matches('Angstrom fur alle', stored)).toBe(false);
    }
    expect(await passwords.matches(apart, await hash(apart, 4))).toBe(true);
  });

  test.each([
    ['composed', 'Grüße für Zoë'.normalize('NFC')],
    ['decomposed', 'Grüße für Zoë'.normalize('NFD')],
    ['full-width', 'Ｇrüße für Zoë'],
  ])('takes a password that is typed %s for the same', async (_name, typed) => {
    const passwords = new Passwords(config);
    const stored = await passwords.hash('Grüße für Zoë'.normalize('NFD'));
    expect(await passwords.matches(typed, stored)).toBe(true);
    expect(await passwords.matches(`${typed}!`, stored)).toBe(false);
  });

  test('still takes a password that was hashed as it was typed', async () => {
    const passwords = new Passwords(config);
    for (const older of ['Zoë ﬁnds'.normalize('NFD'), 'Zoë ﬁnds'.normalize('NFC')])
      expect(await passwords.matches(older, await hash(older, 4))).toBe(true);
    const composed = await hash('Zoë ﬁnds'.normalize('NFC'), 4);
    expect(await passwords.matches('Zoë ﬁnds'.normalize('NFD'), composed)).toBe(true);
  });

  test('never takes what bcrypt cuts off', async () => {
    const passwords = new Passwords(config);
    const stored = await passwords.hash('x'.repeat(72));
    expect(await passwords.matches('x'.repeat(72), stored)).toBe(true);
    expect(await passwords.matches('x'.repeat(73), stored)).toBe(false);
  });

  test('hashes with cost 12 outside tests', async () => {
    expect(await hashPassword('a good password', { environment: 'production' })).toMatch(/^\$2b\$12\$/);
  });
});
