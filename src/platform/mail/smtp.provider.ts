import { setTimeout as sleep } from 'node:timers/promises';
import type { NodemailerError, Transporter } from 'nodemailer';
import { parseSender, type MailSender } from '../config/mail-sender.js';
import { MailRefused, MailUnavailable } from './mail.errors.js';
import { assertSendable } from './mail-rules.js';
import { Mailer, type Mail } from './mailer.js';

export interface SmtpOptions {
  /** `smtp://user:password@host:587` or `smtps://…:465`; as nodemailer reads it, `?requireTLS=true` included. */
  url: string;
  /** `desk@example.org` or `Our desk <desk@example.org>`. */
  from: string;
  /** Milliseconds one mail may take in all; 30 s unless told. */
  patience?: number;
}

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

  constructor(private readonly options: SmtpOptions) {
    super();
    // A name and an address apart: in one text, nodemailer takes a comma in the name for a second sender.
    const sender = parseSender(options.from);
    if (sender === undefined) throw new Error('MAIL_FROM: must be one address');
    this.sender = sender;
  }

  async send(mail: Mail): Promise<void> {
    assertSendable(mail);
    const { to, subject, text, html, messageId, headers } = mail;
    await this.within(async (transport, signal) => {
      await transport.sendMail({
        signal,
        from: this.sender,
        to: { name: '', address: to },
        subject,
        text,
        html,
        messageId,
        headers: { ...AUTOMATIC, ...headers },
      });
    });
  }

  async check(): Promise<void> {
    await this.within(async (transport) => {
      await transport.verify();
    });
  }

  /** A server that trickles its answers is no better than one that hangs: all of it has one deadline. */
  private async within(work: (transport: Transporter, signal: AbortSignal) => Promise<void>): Promise<void> {
    const enough = new AbortController();
    const tooLate = sleep(this.options.patience ?? PATIENCE_MS, 'late' as const, { signal: enough.signal });
    try {
      const ended = await Promise.race([
        this.transport().then((transport) => work(transport, enough.signal)),
        tooLate,
      ]);
      if (ended === 'late') throw new MailUnavailable('the mail server did not answer in time');
    } catch (error) {
      throw translated(error);
    } finally {
      tooLate.catch(() => undefined);
      enough.abort();
    }
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

/** Only what was said about this mail can be final; a refused sign-in or greeting is for the operator to mend. */
function translated(error: unknown): Error {
  if (error instanceof MailRefused || error instanceof MailUnavailable) return error;
  const { code, responseCode } = error as Partial<NodemailerError>;
  const said = responseCode === undefined ? (code ?? 'it failed') : `${code ?? 'SMTP'} ${responseCode}`;
  const isAboutTheMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const isFinal = responseCode === undefined || responseCode >= 500;
  return isAboutTheMail && isFinal ? new MailRefused(said) : new MailUnavailable(said);
}
