import { describe, expect, it } from '@jest/globals';
import { beforePerson, factsOf } from './entry-facts.js';

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
    expect(`failed to sign in${beforePerson({ actor: null })}Ada`).toBe('failed to sign in as Ada');
    expect(`changed${beforePerson({ actor: { id: 1, name: 'Cleo' } })}Ada`).toBe('changed Ada');
  });

  it('names no id of a person', () => {
    expect(factsOn('donor.logout', { everywhere: true, ended: 2 }, '5')).toBe('');
  });
});
