import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { mailboxKey } from '../../src/domain/auth/owner-key.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { createTicket, type TicketFixture } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok, TIME } from '../support/client.js';
import { openNotifyingDesk, type NotifyingDesk } from '../support/notices.js';
import { until } from '../support/ticket-viewer.js';

let desk: NotifyingDesk;
let mailbox = '';
let boxes = 0;
beforeAll(async () => {
  desk = await openNotifyingDesk();
});
beforeEach(() => {
  mailbox = `reader${(boxes += 1)}@donors.example`;
});
afterAll(() => desk.close());

const as = (token: string) => new Client(desk.server, { authorization: `Bearer ${token}` });
const profileOf = ({ id }: { id: string }) => ok(desk.admin.get(`/tickets/${id}/donor`));
const note = ({ id }: { id: string }, notes: string | null) =>
  ok(desk.admin.patch(`/tickets/${id}/donor`, { notes }));
const tokenOf = ({ created }: TicketFixture): string => created.donorToken;

async function changedAt(ticketId: string): Promise<string> {
  const { rows } = await desk.db.query<{ at: string }>(
    `SELECT updated_at::text AS at FROM donors WHERE id = (SELECT donor_uuid FROM tickets WHERE id = $1)`,
    [ticketId],
  );
  return rows[0]!.at;
}

describe('the language and time zone of a donor', () => {
  test.each([
    [{ locale: 'de', timeZone: 'Europe/Vienna' }, 'de', 'Europe/Vienna'],
    [{ locale: 'DE_at', timeZone: 'Asia/Calcutta' }, 'de-AT', 'Asia/Calcutta'],
    [{ locale: 'ar-EG', timeZone: 'Mars/Olympus' }, 'ar-EG', null],
    [{ locale: '<b>', timeZone: '+01:00' }, null, null],
    [{ locale: ['de'], timeZone: 1 }, null, null],
    [{ locale: `de-${'x'.repeat(40)}`, timeZone: 'x'.repeat(70) }, null, null],
    [{ page: 'https://shop.example' }, null, null],
  ])('in a ticket with the context %j are %s and %s', async (context, locale, timeZone) => {
    expect(await profileOf(await createTicket(desk.server, { context }))).toMatchObject({ locale, timeZone });
  });

  test('are those of the newest ticket, where it says any', async () => {
    const guest = await createTicket(desk.server, { context: { locale: 'de', timeZone: 'Europe/Vienna' } });
    const open = (context?: object) => ok(guest.donor.post('/tickets', { subject: 'More', context }), 201);
    await open({ locale: 'fr' });
    expect(await profileOf(guest)).toMatchObject({ locale: 'fr', timeZone: 'Europe/Vienna', tickets: 2 });
    await open({ locale: 'fr', timeZone: 'Europe/Paris' });
    expect(await profileOf(guest)).toMatchObject({ locale: 'fr', timeZone: 'Europe/Paris' });
    const before = await changedAt(guest.id);
    for (const same of [undefined, {}, { locale: '?' }, { locale: 'fr', timeZone: 'Europe/Paris' }])
      await open(same);
    expect(await profileOf(guest)).toMatchObject({ locale: 'fr', timeZone: 'Europe/Paris', tickets: 7 });
    expect(await changedAt(guest.id)).toBe(before);
  });

  test('hold for a proven identity on all devices, whatever its backend says later', async () => {
    const kim = await delegated(desk.server, { iss: 'https://shop.example' });
    const context = { locale: 'es', timeZone: 'America/Lima' };
    const ticket = await ok(kim.client.post('/tickets', { topic: 'Mine', context }), 201);
    expect(await profileOf(ticket)).toMatchObject(context);
    const newer = await delegated(desk.server, {
      iss: 'https://shop.example',
      id: kim.id,
      username: 'Kim L',
    });
    await ok(newer.client.post('/tickets', { topic: 'Again' }), 201);
    expect(await profileOf(ticket)).toMatchObject({ ...context, name: 'Kim L', tickets: 2 });
    const device = await ok(desk.link.post('/auth/donor', { token: newer.token }));
    await ok(as(device.donorToken).post('/tickets', { subject: 'x', context: { locale: 'en-GB' } }), 201);
    expect(await profileOf(ticket)).toMatchObject({ locale: 'en-GB', timeZone: 'America/Lima', tickets: 3 });
  });

  test('of staff who open tickets for themselves, or for somebody, are those of the ticket', async () => {
    const context = { locale: 'fr', timeZone: 'Europe/Paris' };
    const own = await ok(desk.colleague.post('/tickets', { subject: 'Mine', context }), 201);
    expect(await profileOf(own)).toMatchObject({ ...context, verified: { by: 'staff', issuer: null } });
    const call = { donorId: 'by phone', donorEmail: mailbox, context };
    expect(await profileOf(await ok(desk.admin.post('/tickets', call), 201))).toMatchObject(context);
  });

  test('a ticket whose donor is changed at that moment keeps them as they were, and waits for nobody', async () => {
    const guest = await createTicket(desk.server, { context: { locale: 'de' } });
    const other = await desk.db.connect();
    try {
      await other.query('BEGIN');
      await other.query(
        `SELECT 1 FROM donors WHERE id = (SELECT donor_uuid FROM tickets WHERE id = $1) FOR NO KEY UPDATE`,
        [guest.id],
      );
      await ok(guest.donor.post('/tickets', { subject: 'x', context: { locale: 'fr' } }), 201);
    } finally {
      await other.query('ROLLBACK');
      other.release();
    }
    expect(await profileOf(guest)).toMatchObject({ locale: 'de', tickets: 2 });
  });
});

describe('a link by mail', () => {
  const nonce = randomUUID();
  const linkIn = () => /#concierge=([\w-]{43})/.exec(desk.smtp.to(mailbox).at(-1)?.parsed.text ?? '')?.[1];
  const open = async (asked: object, shown: object) => {
    await ok(desk.link.post('/auth/donor/link', { email: mailbox, ...asked }), 202);
    await until(() => linkIn() !== undefined);
    const { donorToken } = await ok(desk.link.post('/auth/donor/resume', { token: linkIn(), ...shown }));
    return ok(as(donorToken).post('/tickets', { subject: 'Back' }), 201);
  };

  test('brings the language of the browser that asked for it', async () => {
    await createTicket(desk.server, { donorEmail: mailbox });
    expect(await profileOf(await open({ locale: 'fr_CA', nonce }, { nonce }))).toMatchObject({
      locale: 'fr-CA',
      verified: { by: 'mailbox', issuer: null, at: TIME },
    });
  });

  test('that somebody else asked for changes nothing', async () => {
    const session = { donorId: mailbox, email: mailbox, ownerKey: mailboxKey(mailbox), locale: 'de' };
    await createDonorSession(desk.server.app, { ...session, verifiedAt: new Date() });
    await createTicket(desk.server, { donorEmail: mailbox });
    expect(await profileOf(await open({ locale: 'ar', nonce }, {}))).toMatchObject({ locale: 'de' });
  });

  test('is in the language of its mailbox’s reader, where none is asked for', async () => {
    const session = { donorId: mailbox, email: mailbox, ownerKey: mailboxKey(mailbox), locale: 'de-AT' };
    await createDonorSession(desk.server.app, { ...session, verifiedAt: new Date() });
    await createTicket(desk.server, { donorEmail: mailbox });
    await open({}, {});
    expect(desk.smtp.to(mailbox).at(-1)?.parsed.subject).toBe('Ihr Link zu Ihren Gesprächen mit uns');
  });
});

describe('what staff know about a donor', () => {
  test('holds on all tickets of the person, and is in the audit log', async () => {
    const kim = await delegated(desk.server, { iss: 'https://shop.example' });
    const [one, other] = [
      await ok(kim.client.post('/tickets', { topic: 'One' }), 201),
      await ok(kim.client.post('/tickets', { topic: 'Other' }), 201),
    ];
    const about = { name: 'Kim', email: `${kim.id}@shop.test`, locale: null, timeZone: null, tickets: 2 };
    const verified = { by: 'backend', issuer: 'https://shop.example', at: TIME };
    expect(await profileOf(one)).toEqual({ ...about, verified, notes: null });
    const notes = 'Prefers the phone.\nGives every December.';
    expect(await note(one, notes)).toEqual({ ...about, verified, notes });
    expect(await profileOf(other)).toMatchObject({ notes });
    await note(other, notes);
    expect(await ok(desk.admin.patch(`/tickets/${one.id}/donor`, {}))).toMatchObject({ notes });
    expect(await note(other, ' ')).toMatchObject({ notes: null });
    const { rows } = await desk.db.query(
      `SELECT subject, data FROM audit_log WHERE action = 'donor.noted' AND subject = ANY($1) ORDER BY id`,
      [[one.number, other.number]],
    );
    expect(rows).toEqual([
      { subject: one.number, data: {} },
      { subject: other.number, data: {} },
    ]);
  });

  test('is bounded, and text', async () => {
    const { id } = await createTicket(desk.server);
    const at = `/tickets/${id}/donor`;
    for (const notes of ['x'.repeat(4_001), 7, ['x'], {}])
      expectRefusal(await desk.admin.patch(at, { notes }), 400, 'BAD_REQUEST', at);
    expect(await note({ id }, '😀'.repeat(4_000))).toMatchObject({ notes: '😀'.repeat(4_000) });
  });

  test('is for staff alone, and nothing that donors read carries it', async () => {
    const guest = await createTicket(desk.server);
    const at = `/tickets/${guest.id}`;
    await note(guest, 'Only for us: xyzzy');
    for (const who of [guest.donor, desk.link]) {
      const status = who === desk.link ? 401 : 403;
      for (const answer of [await who.get(`${at}/donor`), await who.patch(`${at}/donor`, { notes: 'x' })])
        expect(answer.status).toBe(status);
    }
    for (const path of [at, `${at}/messages`, `${at}/events`, `${at}/transcript`, '/tickets', '/me/unread'])
      expect(JSON.stringify((await guest.donor.get(path)).body)).not.toContain('xyzzy');
    expectRefusal(await desk.admin.get(`/tickets/${randomUUID()}/donor`), 404, 'NOT_FOUND');
    expectRefusal(await desk.admin.patch(`/tickets/${randomUUID()}/donor`, {}), 404, 'NOT_FOUND');
  });

  test('moves no ticket, and is no event', async () => {
    const guest = await createTicket(desk.server);
    const before = await ok(desk.admin.get(`/tickets/${guest.id}`));
    await note(guest, 'Quiet');
    expect(await ok(desk.admin.get(`/tickets/${guest.id}`))).toEqual(before);
  });
});

describe('a guest who proves an identity', () => {
  test('brings notes, language and zone along; notes of both are joined, and said once', async () => {
    const kim = await delegated(desk.server);
    const known = await ok(kim.client.post('/tickets', { topic: 'x', context: { locale: 'en' } }), 201);
    await note(known, 'Gives every December.');
    const context = { locale: 'de', timeZone: 'Europe/Berlin' };
    const prove = async (notes: string | null) => {
      const guest = await createTicket(desk.server, { context });
      await ok(guest.donor.post('/tickets', { subject: 'Second' }), 201);
      if (notes !== null) await note(guest, notes);
      await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken: tokenOf(guest) }));
      return guest;
    };
    const guest = await prove('Was kind on the phone.');
    const notes = 'Gives every December.\n\nWas kind on the phone.';
    expect(await profileOf(known)).toMatchObject({ notes, ...context, tickets: 3 });
    expect(await profileOf(guest)).toEqual(await profileOf(known));
    await prove('Was kind on the phone.');
    await prove(null);
    expect(await profileOf(known)).toMatchObject({ notes, tickets: 7 });
  });

  test('is known by the guest’s notes where there were none', async () => {
    const kim = await delegated(desk.server);
    const guest = await createTicket(desk.server);
    await note(guest, 'New here.');
    await ok(desk.link.post('/auth/donor', { token: kim.token, donorToken: tokenOf(guest) }));
    expect(await profileOf(guest)).toMatchObject({ notes: 'New here.', name: 'Kim' });
  });
});
