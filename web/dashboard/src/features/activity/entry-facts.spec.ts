import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { compileMessage } from '../../../../catalogues.js';
import type { AuditEntry } from '../../data/api.js';
import type { Namespace } from '../../i18n/catalogues.js';
import { language } from '../../i18n/language.js';
import { factsOf } from './entry-facts.js';
import { sentenceOf } from './entry-sentence.js';

/** In English, whatever the language of this machine is. */
beforeAll(() => {
  for (const part of ['activity', 'sign-ins'] as const satisfies Namespace[]) {
    const texts = JSON.parse(
      readFileSync(`${import.meta.dirname}/../../../../i18n/en/dashboard/${part}.json`, 'utf8'),
    ) as Record<string, string>;
    const compiled = Object.entries(texts).map(([key, text]) => [key, compileMessage(text)] as const);
    language.keep(language.locale(), part, Object.fromEntries(compiled));
  }
});

const factsOn = (action: string, data: Record<string, unknown>, subject: string | null = null): string =>
  factsOf({ action, subject, data });

describe('what an entry of the activity adds', () => {
  it.each([
    [{ reason: 'wrong_password', more: 1, addresses: 1 }, '(once more, from 1 address)'],
    [{ reason: 'wrong_password', more: 412, addresses: 3 }, '(412 more times, from 3 addresses)'],
  ])('counts the refusals that have no line of their own: %j', (data, facts) => {
    expect(factsOn('auth.login_failed', data)).toBe(facts);
  });

  it('names the route that was refused, and the ticket whose donor was signed out', () => {
    expect(factsOn('access.denied', {}, 'GET /api/v1/users')).toBe('GET /api/v1/users');
    expect(factsOn('donor.sessions_ended', { ended: 2 }, 'TKT-20261129-00001')).toBe('TKT-20261129-00001');
  });

  it('says that somebody unknown tried it as the person, not to the person', () => {
    const people = { who: 'Somebody', whom: 'Ada' };
    const said = (action: string, actor: AuditEntry['actor']) =>
      sentenceOf({ action, actor }, people).join('');
    expect(said('auth.login_failed', null)).toBe('Somebody failed to sign in as Ada');
    expect(said('user.updated', { id: 1, name: 'Cleo' })).toBe('Somebody changed Ada');
    expect(said('newer.action', { id: 1, name: 'Cleo' })).toBe('Somebody newer.action Ada');
  });

  it('names no id of a person', () => {
    expect(factsOn('donor.logout', { everywhere: true, ended: 2 }, '5')).toBe('');
  });
});
