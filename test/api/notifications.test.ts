import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mailboxKey } from '../../src/domain/auth/owner-key.js';
import { MailAddresses } from '../../src/platform/mail/mail-addresses.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { delegated } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import { httpRequest } from '../support/http.js';
import { noticesOf, openNotifyingDesk, phoneOf, untilTold, type NotifyingDesk } from '../support/notices.js';

let desk: NotifyingDesk;
beforeAll(async () => {
  desk = await openNotifyingDesk();
});
afterAll(() => desk.close());

/** A ticket of Ada's whose earlier notifications are out of the way. */
async function takenTicket(fields: Record<string, unknown> = {}) {
  const ticket = await createTicket(desk.server, fields);
  await ok(desk.admin.put(`/tickets/${ticket.id}/assign`));
  await untilTold(desk.db, ticket.id);
  return { ...ticket, at: `/tickets/${ticket.id}`, mail: ticket.created.donorEmail as string };
}

const HOSTILE = '<img src=x onerror=alert(1)> & "quotes"\nsecond line';

describe('a reply while the donor is offline', () => {
  test('is pushed and mailed, once each', async () => {
    const ticket = await takenTicket({ description: 'my secret question', donorName: 'Grace <b>' });
    const phone = await phoneOf(ticket.donor, 'donors', `phone-${ticket.donorId}`);
    await ok(desk.admin.post(`${ticket.at}/messages`, { content: HOSTILE }), 201);
    const told = (await untilTold(desk.db, ticket.id)).filter(({ kind }) => kind === 'staff_reply');
    expect(told).toEqual([
      { kind: 'staff_reply', channel: 'mail', recipient: 'donor', state: 'sent', reason: null },
      { kind: 'staff_reply', channel: 'push', recipient: 'donor', state: 'sent', reason: null },
    ]);
    expect(desk.fcm.to(phone)).toHaveLength(1);
    expect(desk.fcm.to(phone)[0]).toMatchObject({
      notification: { title: 'Ada answered', body: HOSTILE },
      data: { kind: 'staff_reply', ticketId: ticket.id, number: ticket.created.number },
    });
    const [mail, ...more] = desk.smtp.to(ticket.mail);
    expect(more).toEqual([]);
    expect(mail?.parsed.subject).toBe(`We answered you (${ticket.created.number})`);
    expect(mail?.parsed.text).toContain('> second line');
    expect(mail?.parsed.html).toContain(
      '&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;<br>second line',
    );
    expect(mail?.parsed.html).not.toContain('<img');
    expect(mail?.parsed.messageId).toMatch(/^<[0-9a-f-]{36}@localhost>$/);
    expect(mail?.raw).not.toMatch(/my secret question|Grace/);
  });

  test('speaks the donor’s language, from right to left where that is read so', async () => {
    const ticket = await takenTicket({ context: { locale: 'ar-EG' } });
    await ok(desk.admin.post(`${ticket.at}/messages`, { content: 'Hello' }), 201);
    await untilTold(desk.db, ticket.id);
    const [mail] = desk.smtp.to(ticket.mail);
    expect(mail?.parsed.subject).toContain('لقد أجبنا عليك');
    expect(mail?.parsed.html).toContain('<html lang="ar" dir="rtl">');
  });

  test('goes to no address where there is none, and to the one that staff fill in', async () => {
    const person = await delegated(desk.server, { email: undefined });
    const { id } = await ok(person.client.post('/tickets', { topic: 'x', description: 'y' }), 201);
    await ok(desk.admin.post(`/tickets/${id}/messages`, { content: 'Hello' }), 201);
    const replies = async () => (await untilTold(desk.db, id)).filter(({ kind }) => kind === 'staff_reply');
    expect(await replies()).toMatchObject([
      { channel: 'mail', state: 'skipped', reason: 'no email address' },
    ]);
    const donorEmail = `${person.id}@example.org`;
    await ok(desk.admin.patch(`/tickets/${id}`, { donorEmail }));
    await ok(desk.admin.post(`/tickets/${id}/messages`, { content: 'Hello again' }), 201);
    expect((await replies()).map(({ state }) => state)).toEqual(['skipped', 'sent']);
    expect(desk.smtp.to(donorEmail)).toHaveLength(1);
  });

  test('notes and lines of the desk itself are told to nobody', async () => {
    const ticket = await takenTicket();
    const before = await noticesOf(desk.db, ticket.id);
    await ok(desk.admin.post(`${ticket.at}/notes`, { content: 'between us' }), 201);
    expect(await untilTold(desk.db, ticket.id)).toEqual(before);
    expect(desk.smtp.to(ticket.mail)).toEqual([]);
  });
});

describe('staff', () => {
  test('hear of a ticket that is given to them, by phone and mail, and not of what they did themselves', async () => {
    const phone = await phoneOf(desk.colleague, 'users', 'phone-of-bo-000');
    const ticket = await takenTicket({ donorName: 'Grace' });
    const seen = desk.fcm.to(phone).length;
    await ok(desk.boss.put(`${ticket.at}/assign`, { adminId: desk.colleague.id }));
    const told = (await untilTold(desk.db, ticket.id)).filter(({ kind }) => kind === 'assigned');
    expect(told.map(({ channel, recipient, state }) => [channel, recipient, state])).toEqual([
      ['mail', `user:${desk.colleague.id}`, 'sent'],
      ['push', `user:${desk.colleague.id}`, 'sent'],
    ]);
    expect(
      desk.fcm
        .to(phone)
        .slice(seen)
        .map(({ notification }) => notification.title),
    ).toEqual(['You have a new ticket: Grace']);
    const mail = desk.smtp.to('bo@staff.test').at(-1);
    expect(mail?.parsed.text).toContain(`http://localhost:5005/dashboard/tickets/${ticket.id}`);
    await ok(desk.colleague.delete('/users/me/fcm-token'), 204);
  });

  test('read the language that they have chosen for the dashboard', async () => {
    await ok(desk.colleague.put('/users/me/profile', { locale: 'ar' }));
    const phone = await phoneOf(desk.colleague, 'users', 'phone-of-bo-001');
    const ticket = await takenTicket({ donorName: 'Grace' });
    await ok(desk.boss.put(`${ticket.at}/assign`, { adminId: desk.colleague.id }));
    await untilTold(desk.db, ticket.id);
    expect(desk.fcm.to(phone).at(-1)?.notification.title).toBe('لديك تذكرة جديدة: Grace');
    const mail = desk.smtp.to('bo@staff.test').at(-1);
    expect(mail?.parsed.subject).toBe(`لديك تذكرة جديدة (${ticket.created.number})`);
    expect(mail?.parsed.html).toContain('<html lang="ar" dir="rtl">');
    await ok(desk.colleague.put('/users/me/profile', { locale: null }));
    await ok(desk.colleague.delete('/users/me/fcm-token'), 204);
  });

  test('hear what a donor wrote, unless they switched it off or it is quiet hours', async () => {
    const ticket = await takenTicket();
    const phone = await phoneOf(desk.admin, 'users', 'phone-of-ada-00');
    const { choices } = await ok(desk.admin.get('/users/me/notifications'));
    const say = async (settings: object) => {
      await ok(desk.admin.put('/users/me/notifications', { choices, quietHours: null, ...settings }));
      await ok(ticket.donor.post(`${ticket.at}/messages`, { content: 'Are you there?' }), 201);
      const told = await untilTold(desk.db, ticket.id);
      return told
        .filter(({ kind }) => kind === 'donor_message')
        .slice(-2)
        .map(({ channel, state, reason }) => [channel, state, reason]);
    };
    const night = { from: '22:00', to: '06:00', timeZone: 'UTC' };
    const clock = jest.spyOn(desk.server.app.get(Clock, { strict: false }), 'now');
    clock.mockReturnValue(new Date('2026-03-01T23:00:00Z'));
    expect(await say({})).toEqual([
      ['mail', 'sent', null],
      ['push', 'sent', null],
    ]);
    expect(desk.fcm.to(phone)).toHaveLength(1);
    expect(desk.smtp.to('ada@staff.test').at(-1)?.parsed.text).toContain('> Are you there?');
    const reply = { ...choices.reply, mail: false };
    expect(await say({ choices: { ...choices, reply }, quietHours: night })).toEqual([
      ['mail', 'skipped', 'switched off'],
      ['push', 'skipped', 'quiet hours'],
    ]);
    clock.mockReturnValue(new Date('2026-03-01T06:00:00Z'));
    expect(await say({ quietHours: night })).toEqual([
      ['mail', 'sent', null],
      ['push', 'sent', null],
    ]);
    await ok(desk.admin.put('/users/me/notifications', { choices, quietHours: null }));
    await ok(desk.admin.delete('/users/me/fcm-token'), 204);
  });
});

describe('mail to an address that nobody has proven', () => {
  test('stops at five a day', async () => {
    const ticket = await takenTicket();
    for (let count = 1; count <= 6; count += 1) {
      await ok(desk.admin.post(`${ticket.at}/messages`, { content: `answer ${count}` }), 201);
      await untilTold(desk.db, ticket.id);
    }
    expect(desk.smtp.to(ticket.mail)).toHaveLength(5);
    const last = (await noticesOf(desk.db, ticket.id)).at(-1);
    expect(last).toMatchObject({ state: 'refused', reason: 'this address had its mails for today' });
  });

  test('stops for good by its link: looking stops nothing, the button and one click do', async () => {
    const ticket = await takenTicket({ context: { locale: 'de' } });
    const reply = async () => {
      await ok(desk.admin.post(`${ticket.at}/messages`, { content: 'Hello' }), 201);
      return (await untilTold(desk.db, ticket.id)).at(-1);
    };
    await reply();
    const raw = desk.smtp.to(ticket.mail)[0]?.parsed.headers ?? [];
    const header = (name: string) => raw.find(({ key }) => key === name)?.value ?? '';
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const link = header('list-unsubscribe')
      .replace(/[<>]/g, '')
      .replace('http://localhost:5005', desk.server.url);
    const page = await httpRequest(link);
    expect(await page.text()).toContain('<button type="submit">Ja, keine mehr</button>');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await reply()).toMatchObject({ state: 'sent' });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const done = await httpRequest(link, { method: 'POST', headers, body: 'List-Unsubscribe=One-Click' });
    expect({ status: done.status, text: await done.text() }).toEqual({
      status: 200,
      text: expect.stringContaining('Erledigt.'),
    });
    expect(await reply()).toMatchObject({ state: 'skipped', reason: 'unsubscribed' });
    const forged = link.replace(/.{10}\?/, 'AAAAAAAAAA?');
    expect((await httpRequest(forged, { method: 'POST' })).status).toBe(404);
  });
});

describe('phones', () => {
  test('that FCM no longer knows are forgotten, the others still ring', async () => {
    const ticket = await takenTicket();
    const [old, kept] = [
      await phoneOf(ticket.donor, 'donors', `old-${ticket.donorId}`),
      await phoneOf(ticket.donor, 'donors', `new-${ticket.donorId}`),
    ];
    desk.fcm.unregister(old);
    await ok(desk.admin.post(`${ticket.at}/messages`, { content: 'Hello' }), 201);
    await untilTold(desk.db, ticket.id);
    expect(desk.fcm.to(kept)).toHaveLength(1);
    const { rows } = await desk.db.query('SELECT token FROM devices WHERE token = ANY($1)', [[old, kept]]);
    expect(rows).toEqual([{ token: kept }]);
  });

  test('ring for the proven owner, and never for somebody of the same donorId', async () => {
    const kim = await delegated(desk.server);
    const own = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    const phone = await phoneOf(kim.client, 'donors', `kim-${kim.id}`);
    const guests = await takenTicket({ donorId: kim.id });
    await ok(desk.admin.put(`/tickets/${own.id}/assign`));
    await ok(desk.admin.post(`${guests.at}/messages`, { content: 'for the guest' }), 201);
    await ok(desk.admin.post(`/tickets/${own.id}/messages`, { content: 'for Kim' }), 201);
    await Promise.all([untilTold(desk.db, guests.id), untilTold(desk.db, own.id)]);
    expect(desk.fcm.to(phone).map(({ notification }) => notification.body)).toEqual(['for Kim']);
  });

  test('ring for the person who signed in last', async () => {
    const [first, second] = [await takenTicket(), await takenTicket()];
    const phone = await phoneOf(first.donor, 'donors', `shared-${first.donorId}`);
    await phoneOf(second.donor, 'donors', phone);
    await ok(desk.admin.post(`${first.at}/messages`, { content: 'for the first' }), 201);
    await ok(desk.admin.post(`${second.at}/messages`, { content: 'for the second' }), 201);
    await Promise.all([untilTold(desk.db, first.id), untilTold(desk.db, second.id)]);
    expect(desk.fcm.to(phone).map(({ notification }) => notification.body)).toEqual(['for the second']);
  });
});

describe('a transcript by mail', () => {
  const HISTORY = { description: 'typed as the donor', context: { locale: 'es' } };
  const arrived = async (address: string, count: number) => {
    while (desk.smtp.to(address).length < count) await new Promise((resolve) => setTimeout(resolve, 30));
    return desk.smtp.to(address).at(-1)!.parsed;
  };

  test('has the donor’s words only when the mailbox has been proven to be theirs', async () => {
    const ticket = await takenTicket(HISTORY);
    await ok(ticket.donor.post(`${ticket.at}/messages`, { content: 'typed as the donor, too' }), 201);
    await ok(desk.admin.post(`${ticket.at}/messages`, { content: 'the answer' }), 201);
    await untilTold(desk.db, ticket.id);
    await ok(ticket.donor.post(`${ticket.at}/transcript`), 202);
    const unproven = await arrived(ticket.mail, 2);
    expect(unproven.subject).toBe(`Su conversación con nosotros (${ticket.created.number})`);
    expect(unproven.text).toContain('> the answer');
    expect(unproven.text).not.toContain('typed as the donor');
    await desk.server.app.get(MailAddresses, { strict: false }).prove(ticket.mail.toUpperCase());
    await ok(desk.colleague.post(`${ticket.at}/transcript`), 202);
    expect((await arrived(ticket.mail, 3)).text).not.toContain('typed as the donor');
    const owner = mailboxKey(ticket.mail);
    await desk.db.query('UPDATE tickets SET owner_key = $2 WHERE id = $1', [ticket.id, owner]);
    await ok(desk.colleague.post(`${ticket.at}/transcript`), 202);
    expect((await arrived(ticket.mail, 4)).text).toMatch(
      /> typed as the donor\n[^]*> typed as the donor, too/,
    );
  });
});
