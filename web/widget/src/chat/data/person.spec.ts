import { describe, expect, it } from '@jest/globals';
import { isSamePerson, personOf } from './person.js';

const token = (claims: object) => `e30.${btoa(JSON.stringify(claims)).replaceAll('=', '')}.sig`;
const ADA = token({ iss: 'shop', id: 7, iat: 1 });
const ADA_RENEWED = token({ iss: 'shop', id: 7, iat: 2 });

describe('personOf', () => {
  it.each([
    ['a guest', {}, 'guest'],
    ['somebody with a name only', { name: 'Ada' }, 'guest'],
    ['an id of the page', { donorId: 'crm-7', email: 'ada@example.org' }, '["id","crm-7"]'],
    ['an email address', { email: 'ada@example.org' }, '["email","ada@example.org"]'],
    ['a token', { token: ADA, donorId: 'crm-7' }, '["token","shop","7"]'],
    ['a token without an issuer', { token: token({ id: 'a' }) }, '["token","","a"]'],
    ['a token that names nobody', { token: token({ role: 'CUSTOMER' }) }, undefined],
    ['a token that is none', { token: 'cdt_secret' }, undefined],
    ['a token with half a character', { token: token({ id: '\ud800' }) }, '["token","","\\ud800"]'],
  ])('names %s', (_who, visitor, expected) => {
    expect(personOf(visitor)).toBe(expected);
  });
});

describe('isSamePerson', () => {
  it.each([
    ['a guest who stays one', {}, {}, true],
    ['a guest who signs in', {}, { token: ADA }, true],
    ['a renewed token', { token: ADA }, { token: ADA_RENEWED }, true],
    ['more about the same person', { email: 'a@x.org' }, { email: 'a@x.org', token: ADA }, true],
    ['somebody who leaves', { token: ADA }, {}, false],
    ['somebody known by name who leaves', { name: 'Ada' }, {}, false],
    ['another id of the same issuer', { token: ADA }, { token: token({ iss: 'shop', id: 8 }) }, false],
    ['the same id of another issuer', { token: ADA }, { token: token({ iss: 'club', id: 7 }) }, false],
    ['another email address', { email: 'a@x.org' }, { email: 'b@x.org' }, false],
    ['another id of the page', { donorId: '1' }, { donorId: '2' }, false],
  ])('%s', (_what, before, now, expected) => {
    expect(isSamePerson(before, now)).toBe(expected);
  });
});
