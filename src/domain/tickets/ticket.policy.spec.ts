import { describe, expect, test } from '@jest/globals';
import type { Actor, DonorActor, StaffActor } from '../auth/actor.js';
import { delegatedKey, mailboxKey } from '../auth/owner-key.js';
import { SYSTEM } from '../auth/actor.js';
import {
  may,
  mustBeAllowed,
  NO_TICKET,
  type Decision,
  type DonorAccess,
  type TicketAction,
} from './ticket.policy.js';

const ACCESS: DonorAccess[] = ['link', 'token', 'open'];
const ACTIONS: TicketAction[] = ['take_part', 'take_part_by_link', 'work', 'hand_over', 'delete'];

const staff = (id: number, role: StaffActor['role']): StaffActor => ({
  ...{ kind: 'staff', key: `u:${id}`, id, role, username: 'x', name: 'X', avatar: null, tokenVersion: 0 },
});
const donor = (sessionId: string, ownerKey: string | null): DonorActor => ({
  ...{
    kind: 'donor',
    key: `d:${sessionId}`,
    sessionId,
    tokenVersion: 0,
    donorId: 'kim',
    email: null,
    name: null,
    ownerKey,
  },
});

/** Kim's ticket, opened in Kim's session, owned by admin 1. */
const TICKET = {
  donorEmail: 'Kim@example.org',
  donorEmailCorrected: false,
  donorSessionId: 'session-kim',
  ownerKey: delegatedKey('shop', 'kim'),
  provenEmail: 'kim@example.org',
  adminId: 1,
};
/** A guest's, who says to be Kim. */
const CLAIMED = { ...TICKET, ownerKey: null, provenEmail: null };
const FREE = { ...TICKET, adminId: null };

const ACTORS: Record<string, Actor> = {
  link: { kind: 'link', key: 'ip:127.0.0.1', ip: '127.0.0.1' },
  guest: donor('session-kim', null),
  impostor: donor('session-other', null),
  'verified kim': donor('session-other', delegatedKey('shop', 'kim')),
  'another shop’s kim': donor('session-other', delegatedKey(undefined, 'kim')),
  'verified other': donor('session-kim', delegatedKey('shop', 'other')),
  'kim’s mailbox': donor('session-other', mailboxKey('kim@EXAMPLE.org')),
  'another mailbox': donor('session-other', mailboxKey('ki\u212a@example.org')),
  owner: staff(1, 'ADMIN'),
  admin: staff(2, 'ADMIN'),
  boss: staff(3, 'SUPER_ADMIN'),
  system: SYSTEM,
};

/** The decision for each action in the order of ACTIONS. */
const OWNED: Record<string, Decision[]> = {
  guest: ['allow', 'allow', 'forbidden', 'forbidden', 'forbidden'],
  impostor: ['not_found', 'not_found', 'forbidden', 'forbidden', 'forbidden'],
  'verified kim': ['allow', 'allow', 'forbidden', 'forbidden', 'forbidden'],
  'another shop’s kim': ['not_found', 'not_found', 'forbidden', 'forbidden', 'forbidden'],
  'verified other': ['not_found', 'not_found', 'forbidden', 'forbidden', 'forbidden'],
  'kim’s mailbox': ['allow', 'allow', 'forbidden', 'forbidden', 'forbidden'],
  'another mailbox': ['not_found', 'not_found', 'forbidden', 'forbidden', 'forbidden'],
  owner: ['allow', 'allow', 'allow', 'allow', 'forbidden'],
  admin: ['allow', 'allow', 'allow', 'forbidden', 'forbidden'],
  boss: ['allow', 'allow', 'allow', 'allow', 'allow'],
  system: ['allow', 'allow', 'allow', 'allow', 'allow'],
};

describe.each(ACCESS)('with DONOR_ACCESS=%s', (access) => {
  test.each(Object.entries(OWNED))('%s', (name, decisions) => {
    expect(ACTIONS.map((action) => may(ACTORS[name]!, action, TICKET, access))).toEqual(decisions);
  });

  test('a link may do what needs no account, unless DONOR_ACCESS asks for a token', () => {
    const byLink = access === 'token' ? 'unauthorized' : 'allow';
    const decisions = ACTIONS.map((action) => may(ACTORS.link!, action, CLAIMED, access));
    expect(decisions).toEqual(['unauthorized', byLink, 'unauthorized', 'unauthorized', 'unauthorized']);
  });

  test('a link opens no ticket of a proven donor', () => {
    const decisions = ACTIONS.map((action) => may(ACTORS.link!, action, TICKET, access));
    expect(new Set(decisions)).toEqual(new Set(['unauthorized']));
  });

  test('a mailbox that a proven donor only claims opens nothing', () => {
    for (const provenEmail of [null, 'other@example.org']) {
      const claiming = { ...TICKET, provenEmail };
      expect(may(ACTORS['kim’s mailbox']!, 'take_part', claiming, access)).toBe('not_found');
      expect(may(ACTORS['verified kim']!, 'take_part', claiming, access)).toBe('allow');
    }
  });

  test('anybody of the staff hands over what nobody owns', () => {
    expect(may(ACTORS.admin!, 'hand_over', FREE, access)).toBe('allow');
  });

  test('what a guest claims to be opens it to nobody but the guest and the mailbox', () => {
    expect(may(ACTORS.guest!, 'take_part', CLAIMED, access)).toBe('allow');
    expect(may(ACTORS['verified kim']!, 'take_part', CLAIMED, access)).toBe('not_found');
    expect(may(ACTORS['kim’s mailbox']!, 'take_part', CLAIMED, access)).toBe('allow');
  });

  test('an address that staff corrected opens the ticket to nobody, and no address to no mailbox', () => {
    for (const email of [{ donorEmailCorrected: true }, { donorEmail: null }]) {
      expect(may(ACTORS['kim’s mailbox']!, 'take_part', { ...TICKET, ...email }, access)).toBe('not_found');
      expect(may(ACTORS['verified kim']!, 'take_part', { ...TICKET, ...email }, access)).toBe('allow');
    }
  });

  test('a missing ticket is refused to donors as a foreign one is', () => {
    for (const name of ['guest', 'impostor', 'verified kim', 'verified other']) {
      for (const action of ACTIONS) {
        const foreign = may(ACTORS.impostor!, action, TICKET, access);
        expect(may(ACTORS[name]!, action, NO_TICKET, access)).toBe(foreign);
      }
    }
  });
});

test('refusals become 404, 403 and 401', () => {
  const refused = (actor: string, action: TicketAction) => {
    try {
      mustBeAllowed(ACTORS[actor]!, action, TICKET, 'link');
    } catch (error) {
      return error;
    }
    return undefined;
  };
  expect(refused('impostor', 'take_part')).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect(refused('admin', 'hand_over')).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect(refused('guest', 'work')).toMatchObject({ status: 403, message: 'This is for staff only.' });
  expect(refused('link', 'work')).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  expect(refused('guest', 'take_part')).toBeUndefined();
});
