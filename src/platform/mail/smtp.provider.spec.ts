import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeSmtp } from '../../../test/support/fake-smtp.js';
import { MailRefused, MailUnavailable } from './mail.errors.js';
import type { Mail } from './mailer.js';
import { NoMail } from './no-mail.provider.js';
import { SmtpMailer } from './smtp.provider.js';

let smtp: FakeSmtp;
beforeEach(async () => {
  smtp = await FakeSmtp.start();
});
afterEach(() => smtp.close());

const publicUrl = 'https://desk.example/help';
const mailer = (url = smtp.url, tryTimeoutMs = 10_000) =>
  new SmtpMailer({ url, publicUrl, from: 'Our desk <desk@charity.example>', outbound: { tryTimeoutMs } });
const mail = (changes: Partial<Mail> = {}): Mail => ({
  to: 'grace@donors.example',
  subject: 'Ihre Frage: grüße 👋',
  locale: 'en',
  parts: ['Hello\nthere'],
  messageId: '<reply-1@desk.example>',
  headers: { 'List-Unsubscribe': '<https://desk.example/unsubscribe/x>' },
  ...changes,
});

describe('a mail', () => {
  it('arrives as it was written', async () => {
    await mailer().send(mail());
    const [arrived] = smtp.mails;
    expect(arrived).toMatchObject({ from: 'desk@charity.example', to: ['grace@donors.example'] });
    expect(arrived?.parsed).toMatchObject({
      from: { name: 'Our desk', address: 'desk@charity.example' },
      subject: 'Ihre Frage: grüße 👋',
      messageId: '<reply-1@desk.example>',
      text: expect.stringContaining('Hello\nthere'),
      html: expect.stringContaining('Hello<br>there</p>'),
    });
    const headers = new Map(arrived?.parsed.headers.map(({ key, value }) => [key, value]));
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    expect(headers.get('list-unsubscribe')).toBe('<https://desk.example/unsubscribe/x>');
  });

  it.each(['Care Team, Billing <desk@charity.example>', '"Care Team, Billing" <desk@charity.example>'])(
    'comes from one sender: %s',
    async (from) => {
      await new SmtpMailer({ url: smtp.url, publicUrl, from }).send(mail());
      const [arrived] = smtp.mails;
      expect(arrived?.from).toBe('desk@charity.example');
      expect(arrived?.parsed.from).toEqual({ name: 'Care Team, Billing', address: 'desk@charity.example' });
      const line = arrived?.parsed.headers.find(({ key }) => key === 'from')?.value;
      expect(line).toBe('"Care Team, Billing" <desk@charity.example>');
    },
  );

  it('comes in the name and looks of the desk, with the logo by its full address', async () => {
    const profile = { name: 'Wells & Water', colour: '#7a1f5c', logoUrl: '/api/v1/desk/logos/x.webp' };
    const desk = { current: { ...profile, timeZone: 'UTC', widgetOrigins: [] } };
    await new SmtpMailer({ url: smtp.url, publicUrl, from: 'Us <desk@charity.example>', desk }).send(mail());
    const { from, text, html } = smtp.mails[0]!.parsed;
    expect(from).toEqual({ name: 'Wells & Water', address: 'desk@charity.example' });
    expect(text?.trimEnd()).toBe('Hello\nthere\n\n-- \nWells & Water');
    expect(html).toContain(
      '<img src="https://desk.example/help/api/v1/desk/logos/x.webp" alt="Wells &amp; Water"',
    );
    expect(html).toContain('border-bottom:3px solid #7a1f5c');
  });

  it('keeps its Message-ID when it is sent again', async () => {
    smtp.fail({ kind: 'lost-answer' });
    await expect(mailer().send(mail())).rejects.toThrow(MailUnavailable);
    await mailer().send(mail());
    expect(smtp.mails.map(({ parsed }) => parsed.messageId)).toEqual(Array(2).fill('<reply-1@desk.example>'));
  });
});

describe('a server', () => {
  it.each([
    ['refuses the address for good', { kind: 'reply', at: 'rcpt', code: 550 }, MailRefused],
    ['refuses the mail for good', { kind: 'reply', at: 'data', code: 554 }, MailRefused],
    ['asks to come back', { kind: 'reply', at: 'rcpt', code: 450 }, MailUnavailable],
    ['is full', { kind: 'reply', at: 'data', code: 452 }, MailUnavailable],
  ] as const)('that %s', async (_title, fault, error) => {
    smtp.fail(fault);
    await expect(mailer().send(mail())).rejects.toThrow(error);
    expect(smtp.mails).toEqual([]);
  });

  it('that does not know us is for the operator to mend: the mail waits', async () => {
    const stranger = smtp.url.replace('secret-of-the-desk', 'wrong');
    const failure = mailer(stranger).send(mail());
    await expect(failure).rejects.toThrow(new MailUnavailable('EAUTH 535'));
    await expect(mailer(stranger).check()).rejects.toThrow(MailUnavailable);
    await mailer().check();
  });

  // On a busy machine the mailer may give up before the server meets its fault, which then waits for the next mail:
  // no other mail may follow here.
  it('that hangs is tried later', async () => {
    smtp.fail({ kind: 'hang' });
    await expect(mailer(smtp.url, 200).send(mail())).rejects.toThrow(MailUnavailable);
    expect(smtp.mails).toEqual([]);
  });

  it('that is unavailable is tried later', async () => {
    await smtp.down();
    await expect(mailer().send(mail())).rejects.toThrow(MailUnavailable);
    await smtp.up();
    await mailer().send(mail());
    expect(smtp.mails).toHaveLength(1);
  });
});

describe('never sent', () => {
  it.each<[string, Partial<Mail>]>([
    ['a subject with headers of its own', { subject: 'Hello\r\nBcc: all@donors.example' }],
    ['a subject with a lone line feed', { subject: 'Hello\nBcc: all@donors.example' }],
    ['a header that breaks the line', { headers: { 'X-A': 'b\r\nBcc: all@donors.example' } }],
    ['a header whose name breaks the line', { headers: { 'X-A: b\r\nBcc': 'all@donors.example' } }],
    ['a Message-ID that breaks the line', { messageId: '<a@b>\r\nBcc: <x@y>' }],
    ['two addresses', { to: 'grace@donors.example, all@donors.example' }],
    ['an address with a name', { to: 'Grace <grace@donors.example>' }],
    ['an address that breaks the line', { to: 'grace@donors.example\r\nRCPT TO:<x@y.example>' }],
    ['no address', { to: 'grace' }],
  ])('%s', async (_title, changes) => {
    await expect(mailer().send(mail(changes))).rejects.toThrow(MailRefused);
    expect(smtp.tries).toBe(0);
  });

  it('anything, while no server is configured', async () => {
    await expect(new NoMail().send()).rejects.toThrow('SMTP_URL is not set');
    expect(new NoMail().isConfigured).toBe(false);
  });
});

describe('an outage', () => {
  const ours = () =>
    new SmtpMailer({
      url: smtp.url,
      publicUrl,
      from: 'desk@charity.example',
      outbound: { tryTimeoutMs: 10_000, breakAfter: 1 },
    });

  it('pauses mail and leaves the server alone; a look at the server is taken all the same', async () => {
    const paused = ours();
    await smtp.down();
    await expect(paused.send(mail())).rejects.toThrow(MailUnavailable);
    await smtp.up();
    await expect(paused.send(mail())).rejects.toThrow('keeps failing, so calls to it are paused');
    expect(smtp.mails).toEqual([]);
    await paused.check();
  });

  it('is not a mail that the server takes later: the next mail is sent', async () => {
    const greylisted = ours();
    smtp.fail({ kind: 'reply', at: 'rcpt', code: 450 });
    await expect(greylisted.send(mail())).rejects.toThrow(MailUnavailable);
    await greylisted.send(mail());
    expect(smtp.mails).toHaveLength(1);
  });
});
