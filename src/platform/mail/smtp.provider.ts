import type { NodemailerError, Transporter } from 'nodemailer';
import { publicUrl } from '../config/public-address.js';
import { parseSender, type MailSender } from '../config/mail-sender.js';
import type { DeskProfile } from '../desk-profile/desk-profile.js';
import { CircuitOpen } from '../outbound/circuit.js';
import { inTime, OutboundTimeout } from '../outbound/in-time.js';
import { Outbound, type OutboundOptions } from '../outbound/outbound.js';
import { mailHtml } from './mail-html.js';
import { mailText } from './mail-text.js';
import { MailRefused, MailUnavailable } from './mail.errors.js';
import { assertSendable } from './mail-rules.js';
import { Mailer, type Mail } from './mailer.js';

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…:465`; as nodemailer reads it, `?requireTLS=true` included. */
  url: string;
  /** `desk@example.org` or `Our desk <desk@example.org>`. */
  from: string;
  /** The desk as people reach it, where the logo is. */
  publicUrl: string;
  /** Its name takes the place of the one in `from`; name, logo and colour are the looks of the email. */
  desk?: Pick<DeskProfile, 'current'>;
  outbound?: Partial<OutboundOptions>;
}

/** A server that trickles its answers is no better than one that hangs: all of a mail has one timeout. */
const PATIENCE_MS = 30_000;
/** Silence after which a connection counts as dead. */
const SILENCE_MS = 15_000;
/** Nobody's out-of-office reply should come back to a machine. */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/** Mail by SMTP (nodemailer), one connection a mail. The library is loaded with the first mail: idle it costs nothing. */
export class SmtpMailer extends Mailer {
  readonly isConfigured = true;
  #transport: Promise<Transporter> | undefined;
  private readonly sender: MailSender;
  private readonly outbound: Outbound;
  private readonly patienceMs: number;

  constructor(private readonly options: SmtpOptions) {
    super();
    // A name and an address apart: in one text, nodemailer takes a comma in the name for a second sender.
    const sender = parseSender(options.from);
    if (sender === undefined) throw new Error('MAIL_FROM: must be one address');
    this.sender = sender;
    this.patienceMs = options.outbound?.tryTimeoutMs ?? PATIENCE_MS;
    const isOutage = (error: unknown) => error instanceof MailUnavailable && error.isOutage;
    // The job that sends the mail tries again.
    const oneTry = { tryTimeoutMs: this.patienceMs, tries: 1 };
    this.outbound = new Outbound('The mail server', { isOutage }, { ...options.outbound, ...oneTry });
  }

  async send(mail: Mail): Promise<void> {
    assertSendable(mail);
    const { to, subject, messageId, headers } = mail;
    const { from, text, html } = this.inNameOfDesk(mail);
    const work = async (signal: AbortSignal) => {
      const transport = await this.transport();
      await transport.sendMail({
        signal,
        from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId,
        headers: { ...AUTOMATIC, 'Content-Language': mail.locale, ...headers },
      });
    };
    await translating(() => this.outbound.run((signal) => translating(() => work(signal))));
  }

  /** A look at how things are: it neither counts for the circuit nor waits for it. */
  async check(): Promise<void> {
    await translating(() =>
      inTime(this.patienceMs, async () => {
        const transport = await this.transport();
        await transport.verify();
      }),
    );
  }

  private inNameOfDesk(mail: Mail): { from: MailSender; text: string; html: string } {
    const { name, colour = null, logoUrl = null } = this.options.desk?.current ?? {};
    const from = { ...this.sender, name: name ?? this.sender.name };
    const spoken = from.name === '' ? null : from.name;
    const logo = logoUrl === null ? null : publicUrl(this.options, logoUrl as `/${string}`);
    return {
      from,
      text: mailText(mail, spoken),
      html: mailHtml(mail, { name: spoken, colour, logoUrl: logo }),
    };
  }

  private transport(): Promise<Transporter> {
    this.#transport ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({
        url: this.options.url,
        connectionTimeout: SILENCE_MS,
        greetingTimeout: SILENCE_MS,
        socketTimeout: SILENCE_MS,
        dnsTimeout: SILENCE_MS,
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    );
    return this.#transport;
  }
}

async function translating(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw translated(error);
  }
}

/** Only what was said about this mail can be final; a refused sign-in or greeting is for the operator to mend. */
function translated(error: unknown): Error {
  if (error instanceof MailRefused || error instanceof MailUnavailable) return error;
  if (error instanceof OutboundTimeout) return new MailUnavailable('the mail server did not answer in time');
  if (error instanceof CircuitOpen)
    return new MailUnavailable('the mail server keeps failing, so calls to it are paused');
  const { code, responseCode } = error as Partial<NodemailerError>;
  const said = responseCode === undefined ? (code ?? 'it failed') : `${code ?? 'SMTP'} ${responseCode}`;
  const isAboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const isFinal = responseCode === undefined || responseCode >= 500;
  return isAboutTheMail && isFinal ? new MailRefused(said) : new MailUnavailable(said, !isAboutTheMail);
}
