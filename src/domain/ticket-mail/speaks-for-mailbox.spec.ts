import { expect, test } from '@jest/globals';
import { delegatedKey, mailboxKey, type OwnerFacts } from '../auth/owner-key.js';
import { speaksForMailbox } from './speaks-for-mailbox.js';

const own: OwnerFacts = {
  donorEmail: 'Kim@example.org',
  donorEmailCorrected: false,
  ownerKey: mailboxKey('kim@example.org'),
  provenEmail: 'kim@example.org',
};

test('anyone who has opened a link in the mailbox speaks for it', () => {
  expect(speaksForMailbox(own)).toBe(true);
});

test.each([
  ['a guest who typed the address', { ownerKey: null, provenEmail: null }],
  ['somebody who has proven another mailbox', { ownerKey: mailboxKey('mallory@attacker.example') }],
  ['somebody whom a backend vouches for', { ownerKey: delegatedKey('shop', '7') }],
  ['a ticket whose address staff have changed', { donorEmailCorrected: true }],
  ['a ticket without an address', { donorEmail: null }],
  ['an address that only looks the same', { donorEmail: 'ſim@example.org' }],
])('%s does not', (_title, facts) => {
  expect(speaksForMailbox({ ...own, ...facts })).toBe(false);
});
