import { describe, expect, test } from '@jest/globals';
import { delegatedKey, mailboxKey, staffKey } from '../auth/owner-key.js';
import { isDonorVerified, proofFacts, unprovenClaims, type DonorFacts } from './donor-proof.js';

const guest: DonorFacts = {
  donorId: 'customer-42',
  donorEmail: 'kim@example.org',
  donorEmailCorrected: false,
  donorName: 'Kim',
  ownerKey: null,
  provenEmail: null,
  provenName: null,
};
const backend: DonorFacts = {
  ...guest,
  donorId: '42',
  ownerKey: delegatedKey('https://shop.example', '42'),
  provenEmail: 'Kim@Example.org',
  provenName: 'Kim',
};
const mailbox: DonorFacts = {
  ...guest,
  donorId: 'kim@example.org',
  donorName: null,
  ownerKey: mailboxKey('kim@example.org'),
  provenEmail: 'kim@example.org',
};

describe('what is proven of a donor', () => {
  test('nothing of a guest', () => {
    expect(proofFacts(guest)).toEqual({
      donorVerified: false,
      donorProof: null,
      donorUnproven: ['donorId', 'donorEmail', 'donorName'],
    });
  });

  test('by a trusted backend: whom it has signed for', () => {
    expect(proofFacts(backend)).toEqual({
      donorVerified: true,
      donorProof: {
        kind: 'backend',
        issuer: 'https://shop.example',
        id: '42',
        email: 'Kim@Example.org',
        name: 'Kim',
      },
      donorUnproven: [],
    });
  });

  test('by a mailbox: the address, and no name', () => {
    expect(proofFacts(mailbox)).toMatchObject({
      donorVerified: true,
      donorProof: { kind: 'mailbox', email: 'kim@example.org', name: null },
    });
    expect(unprovenClaims({ ...mailbox, donorName: 'The CEO' })).toEqual(['donorName']);
  });

  test.each([
    ['donorEmail', { donorEmail: 'ceo@victim.example' }],
    ['donorName', { donorName: 'The CEO' }],
    ['donorId', { donorId: '43' }],
  ])('not what is only claimed beside it: %s', (claim, fields) => {
    const ticket = { ...backend, ...fields };
    expect(unprovenClaims(ticket)).toEqual([claim]);
    expect(isDonorVerified(ticket)).toBe(false);
  });

  test('not an id of another issuer', () => {
    expect(isDonorVerified({ ...backend, ownerKey: delegatedKey(undefined, '43') })).toBe(false);
  });

  test('a random id of the widget claims nothing', () => {
    expect(unprovenClaims({ ...mailbox, donorId: `guest-${'0a'.repeat(16)}` })).toEqual([]);
  });

  test('staff who open a ticket for themselves are who they are', () => {
    const own = {
      ...guest,
      donorId: staffKey(7),
      donorEmail: null,
      ownerKey: staffKey(7),
      provenName: 'Kim',
    };
    expect(proofFacts(own)).toMatchObject({ donorVerified: true, donorProof: { kind: 'staff' } });
  });
});
