import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { DEFAULT_CHOICES } from '../../src/contract/notifications.js';
import { mailboxKey } from '../../src/domain/auth/owner-key.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { createTicket } from '../factories/ticket.factory.js';
import { ok } from '../support/client.js';
import type { ArrivedMail } from '../support/fake-smtp.js';
import { expectGolden } from '../support/golden.js';
import { openNotifyingDesk, untilTold, type NotifyingDesk } from '../support/notices.js';
import { until } from '../support/ticket-viewer.js';

const NAME = 'Wells & <b>Water</b>';
const HOSTILE = '<img src=x onerror=alert(1)> & "quotes"\nsecond line';
/** Without summer time: what people call these zones does not depend on the day of the test. */
const DESK_ZONE = 'Africa/Nairobi';
const READERS = [
  { locale: 'en-GB', language: 'en', timeZone: 'Asia/Kolkata' },
  { locale: 'de-AT', language: 'de', timeZone: 'America/Lima' },
  { locale: 'ar', language: 'ar', timeZone: 'Asia/Riyadh' },
] as const;
type Reader = (typeof READERS)[number];

let desk: NotifyingDesk;
let now = Date.now();
beforeAll(async () => {
  desk = await openNotifyingDesk();
  const { version } = await ok(desk.boss.get('/desk/settings'));
  await ok(
    desk.boss.patch('/desk/settings', { version, name: NAME, colour: '#7a1f5c', timeZone: DESK_ZONE }),
  );
});
afterAll(() => desk.close());

/** What goes to an address while something is done. */
async function sent(address: string, ticketId: string, work: () => Promise<unknown>): Promise<ArrivedMail> {
  const before = desk.smtp.to(address).length;
  await work();
  await untilTold(desk.db, ticketId);
  await until(() => desk.smtp.to(address).length > before);
  return desk.smtp.to(address).at(-1)!;
}

/** Every email that somebody gets in the life of a ticket, by kind. */
async function story({ locale, language, timeZone }: Reader) {
  const { admin, colleague, boss, link } = desk;
  jest.spyOn(desk.server.app.get(Clock, { strict: false }), 'now').mockImplementation(() => new Date(now));
  for (const person of [admin, colleague]) await ok(person.put('/users/me/profile', { locale: language }));
  const choices = Object.fromEntries(
    Object.keys(DEFAULT_CHOICES).map((group) => [group, { push: false, mail: true, browser: false }]),
  );
  await ok(admin.put('/users/me/notifications', { choices, quietHours: null }));
  const mailbox = `grace-${language}@donors.example`;
  const context = { locale, timeZone };
  const typed = { donorEmail: mailbox, donorName: 'Grace', description: `Typed. ${HOSTILE}` };
  const ticket = await createTicket(desk.server, { ...typed, context });
  const at = `/tickets/${ticket.id}`;
  await untilTold(desk.db, ticket.id);
  const mails: Record<string, ArrivedMail> = { 'staff new_ticket': desk.smtp.to('ada@staff.test').at(-1)! };
  const note = async (kind: string, address: string, work: () => Promise<unknown>) => {
    mails[kind] = await sent(address, ticket.id, work);
  };
  const write = (who: typeof admin | typeof link, content: string) =>
    ok(who.post(`${at}/messages`, { content }), 201);
  await note('staff assigned', 'bo@staff.test', () =>
    ok(boss.put(`${at}/assign`, { adminId: colleague.id })),
  );
  await note('staff donor_message', 'bo@staff.test', () => write(ticket.donor, `Hello. ${HOSTILE}`));
  await note('donor staff_reply', mailbox, () => write(colleague, `Dear Grace. ${HOSTILE}`));
  await note('donor reminder', mailbox, () => ok(colleague.post(`${at}/reminder`)));
  await note('staff transferred', 'ada@staff.test', () =>
    ok(colleague.post(`${at}/transfer`, { toAdminId: admin.id })),
  );
  await note('staff call_missed', 'ada@staff.test', async () => {
    await ok(ticket.donor.post(`${at}/call-requests`, { mode: 'audio' }), 201);
    now += 600_000;
    while ((await ok(admin.get(at))).callbackDueAt === null) await sleep(30);
  });
  await note('donor link', mailbox, () => ok(link.post('/auth/donor/link', { email: mailbox, locale }), 202));
  await note('donor resolved', mailbox, () => ok(admin.put(`${at}/resolve`)));
  const ask = () => ok(ticket.donor.post(`${at}/transcript`), 202);
  await note('donor transcript, nothing proven', mailbox, ask);
  await desk.db.query('UPDATE tickets SET owner_key = $2 WHERE id = $1', [ticket.id, mailboxKey(mailbox)]);
  await note('donor transcript', mailbox, () => ok(admin.post(`${at}/transcript`), 202));
  const invited = `new-${language}@staff.test`;
  await note('staff invitation', invited, () =>
    ok(boss.post('/invitations', { by: 'email', email: invited, locale: language }), 201),
  );
  await note('staff reset', 'ada@staff.test', () =>
    ok(link.post('/auth/password-links', { email: 'ada@staff.test' }), 202),
  );
  return { mails, number: ticket.created.number as string, times: await timesOf(ticket.id) };
}

async function timesOf(ticketId: string): Promise<Date[]> {
  const { rows } = await desk.db.query<{ at: Date }>(
    `SELECT created_at AS at FROM tickets WHERE id = $1 UNION SELECT created_at FROM messages WHERE ticket_id = $1`,
    [ticketId],
  );
  return rows.map(({ at }) => at);
}

/** The text of an email with what differs from run to run replaced: ids, tokens, the number, and times as the reader has them. */
function steady(text: string, { locale, language }: Reader, zone: string, number: string, times: Date[]) {
  const region = (zone === DESK_ZONE ? language : locale) + '-u-nu-latn';
  const shapes = [
    ['moment', { dateStyle: 'medium', timeStyle: 'short' }],
    ['day', { dateStyle: 'full' }],
    ['time', { timeStyle: 'short' }],
  ] as const;
  let kept = text.replaceAll(number, '{number}');
  for (const [name, options] of shapes)
    for (const at of times)
      kept = kept.replaceAll(
        new Intl.DateTimeFormat(region, { ...options, timeZone: zone }).format(at),
        `{${name}}`,
      );
  return kept
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}')
    .replace(/(#(?:concierge=|token=)?|unsubscribe\/)[\w.~-]{20,}/g, '$1{token}')
    .replace(/\bstaff-[0-9a-f]{12}\b/g, '{username}')
    .trimEnd();
}

const visible = (html: string): string =>
  html
    .replace(/^[^]*<div class="ground"/, '<div')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');

/** The HTML says all that the text says. */
function expectSame(kind: string, text: string, html: string): void {
  const [shown, code] = [visible(html), html.replaceAll('&amp;', '&')];
  const missing = text
    .split('\n')
    .map((line) => line.replace(/^(> |\* |-- $)/, '').trim())
    .flatMap((line) => (line.startsWith('http') ? [] : line.replace(/:$/, '').split(' · ')))
    .filter((line) => !shown.includes(line.replace(/\s+/g, ' ')));
  const links = (text.match(/^http\S+$/gm) ?? []).filter((link) => !code.includes(`href="${link}"`));
  expect({ kind, missing, links }).toEqual({ kind, missing: [], links: [] });
}

test.each(READERS)('every email in $language, as text and as HTML', async (reader) => {
  const { mails, number, times } = await story(reader);
  const direction = reader.language === 'ar' ? 'rtl' : 'ltr';
  const sections = Object.entries(mails).map(([kind, { raw, parsed }]) => {
    const { from, subject = '', text = '', html = '' } = parsed;
    expect({ kind, from }).toEqual({ kind, from: { name: NAME, address: 'desk@charity.example' } });
    expect(raw).toContain(`Content-Language: ${reader.language}`);
    expect(html).toContain(`<html lang="${reader.language}" dir="${direction}">`);
    expect(html).toContain('<bdi>Wells &amp; &lt;b&gt;Water&lt;/b&gt;</bdi></div>');
    expect(html).toContain('border-bottom:3px solid #7a1f5c');
    expect(html).not.toMatch(/<(?:img|b|script)\b/);
    expectSame(kind, text, html);
    const zone = kind.startsWith('staff') ? DESK_ZONE : reader.timeZone;
    const words = steady(`${subject}\n\n${text}`, reader, zone, number, times);
    return `=== ${kind}\n\n${words}\n`;
  });
  expectGolden(`test/api/mails.${reader.language}.golden.txt`, sections.join('\n'));
  // Nobody has proven the mailbox yet, so that not a word of the donor may go there, the name included.
  for (const kind of ['staff_reply', 'reminder', 'resolved', 'link', 'transcript, nothing proven'])
    expect({ kind, text: mails[`donor ${kind}`]!.parsed.text }).toEqual({
      kind,
      text: expect.not.stringMatching(/Typed|Hello\. |, Grace,|Hello Grace|مرحبًا Grace/),
    });
});

test('the transcript to keep has the name, the days and the times of its reader', async () => {
  const [, reader] = READERS;
  const { locale, timeZone } = reader;
  const ticket = await createTicket(desk.server, {
    ...{ donorName: 'Grace', subject: 'A question', description: HOSTILE, context: { locale, timeZone } },
  });
  await ok(desk.admin.post(`/tickets/${ticket.id}/messages`, { content: 'The answer' }), 201);
  const read = async (who: typeof desk.link, query: string) =>
    String(await ok(who.get(`/tickets/${ticket.id}/transcript?${query}`)));
  const times = await timesOf(ticket.id);
  const text = steady(await read(ticket.donor, 'format=txt'), reader, timeZone, ticket.created.number, times);
  const head = `${NAME}\n{number}: A question\nBegonnen: {moment} · Offen\nZeiten: Peruanische Normalzeit.\n\n* {day}\n\n`;
  const taken = `[{time}] ${NAME}:\nAda kümmert sich jetzt darum.`;
  expect(text).toBe(`${head}[{time}] Grace:\n${HOSTILE}\n\n${taken}\n\n[{time}] Ada:\nThe answer`);
  const html = await read(ticket.donor, 'format=html&locale=ar');
  expect(html).toContain('<html lang="ar" dir="rtl">');
  expect(html).toContain('<b>Wells &amp; &lt;b&gt;Water&lt;/b&gt;</b>');
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quotes&quot;<br>second line');
  expect(html).toContain('--accent:#7a1f5c');
  expect(html).not.toMatch(/<(?:img|script|link)\b|url\(/);
  expect(await ok(ticket.donor.get(`/tickets/${ticket.id}/transcript?format=json`))).toMatchObject({
    ...{ locale, timeZone },
  });
  const staffs = await read(desk.admin, 'format=txt&locale=en');
  expect(staffs).toContain('Times: East Africa Time.');
});
