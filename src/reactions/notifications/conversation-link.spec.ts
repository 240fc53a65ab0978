import { describe, expect, it } from '@jest/globals';
import { mailboxKey } from '../../domain/auth/owner-key.js';
import { conversationLink } from './conversation-link.js';

const DESK = {
  publicUrl: 'https://desk.example',
  origins: ['https://desk.example', 'https://charity.example'],
};
const NUMBER = 'TKT-20261129-00007';
const GUEST = {
  donorEmail: 'kim@example.org',
  donorEmailCorrected: false,
  ownerKey: null as string | null,
  provenEmail: null,
};
const link = (context: object | null, donor = GUEST) =>
  conversationLink(DESK, { number: NUMBER, context, ...donor });

describe('the link of a mail', () => {
  it('leads back to the page of a listed site, without what else the address said', () => {
    expect(link({ page: 'https://charity.example/give?next=https://evil.example#x' })).toBe(
      `https://charity.example/give#concierge=${NUMBER}`,
    );
  });

  it('has no path that could hold a message, but for the reader of the mailbox', () => {
    const page = 'https://charity.example/Your%20donation%20failed.%20Call%20555-0100';
    expect(link({ page })).toBe(`https://charity.example/#concierge=${NUMBER}`);
    expect(link({ page }, { ...GUEST, ownerKey: mailboxKey('kim@example.org') })).toBe(
      `${page}#concierge=${NUMBER}`,
    );
  });

  it('leads back to a page of the desk itself', () => {
    expect(link({ page: 'https://desk.example/demo' })).toBe(`https://desk.example/demo#concierge=${NUMBER}`);
  });

  it.each([
    ['another site', { page: 'https://evil.example/give' }],
    ['a site that only looks like ours', { page: 'https://charity.example.evil.example/' }],
    ['a name and password before the host', { page: 'https://charity.example@evil.example/' }],
    ['another scheme', { page: 'http://charity.example/' }],
    ['a script', { page: 'javascript:alert(1)' }],
    ['no address', { page: 'give' }],
    ['no text', { page: { href: 'https://charity.example' } }],
    ['nothing', {}],
    ['no context', null],
  ])('does not follow %s', (_title, context) => {
    expect(link(context)).toBe(`https://desk.example/conversations#concierge=${NUMBER}`);
  });
});
