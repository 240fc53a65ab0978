import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/** What goes wrong with one mail. `lost-answer` takes the mail and cuts the line instead of saying so. */
export type SmtpFault =
  | { kind: 'reply'; at: 'rcpt' | 'data'; code: number }
  | { kind: 'slow'; ms: number }
  | { kind: 'hang' }
  | { kind: 'lost-answer' };

/** One mail as it arrived. */
export interface ArrivedMail {
  from: string;
  to: string[];
  raw: string;
  parsed: Email;
}

type Done = (error?: Error | null) => void;

/** A real SMTP server on a loopback port; everything it took over is in `mails`, duplicates included. */
export class FakeSmtp {
  readonly mails: ArrivedMail[] = [];
  /** How many mails were begun, whatever became of them. */
  tries = 0;
  private readonly faults: SmtpFault[] = [];
  private server: SMTPServer;
  private constructor(private port: number) {
    this.server = this.create();
  }

  static async start(): Promise<FakeSmtp> {
    const smtp = new FakeSmtp(0);
    await smtp.up();
    return smtp;
  }

  get url(): string {
    return `smtp://desk:secret-of-the-desk@127.0.0.1:${this.port}?ignoreTLS=true`;
  }

  /** The next mails meet these faults, one each. */
  fail(...faults: SmtpFault[]): void {
    this.faults.push(...faults);
  }

  /** The mails to one address. */
  to(address: string): ArrivedMail[] {
    return this.mails.filter((mail) => mail.to.includes(address));
  }

  /** Starts to listen, on the same port as before. */
  async up(): Promise<void> {
    const listening = this.server.listen(this.port, '127.0.0.1');
    await once(listening, 'listening');
    this.port = (listening.address() as AddressInfo).port;
  }

  /** Stops to listen and cuts every line; `up` brings it back. */
  async down(): Promise<void> {
    for (const connection of this.server.connections as Set<{ _socket: { destroy(): void } }>) {
      connection._socket.destroy();
    }
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server = this.create();
  }

  close(): Promise<void> {
    return this.down();
  }

  private create(): SMTPServer {
    const current = new WeakMap<SMTPServerSession, SmtpFault>();
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      logger: false,
      onAuth: ({ username, password }, _session, done) =>
        username === 'desk' && password === 'secret-of-the-desk'
          ? done(null, { user: username })
          : done(new Error('Who are you?')),
      onMailFrom: (_address, session, done) => {
        this.tries += 1;
        const fault = this.faults.shift();
        if (fault !== undefined) current.set(session, fault);
        done();
      },
      onRcptTo: (_address, session, done) => done(refusal(current.get(session), 'rcpt')),
      onData: (stream, session, done) => {
        void this.take(stream, session, current.get(session), done);
      },
    });
    // A line that is cut in the middle is what many tests want.
    server.on('error', () => undefined);
    return server;
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    fault: SmtpFault | undefined,
    done: Done,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of stream) chunks.push(chunk as Buffer);
    } catch {
      // The client was cut off in the middle: there is no mail, and nobody to tell.
      return;
    }
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'slow') await sleep(fault.ms);
    const refused = refusal(fault, 'data');
    if (refused !== null) {
      done(refused);
      return;
    }
    const raw = Buffer.concat(chunks).toString('utf8');
    const { mailFrom, rcptTo } = session.envelope;
    const parsed = await PostalMime.parse(raw);
    this.mails.push({
      from: mailFrom === false ? '' : mailFrom.address,
      to: rcptTo.map(({ address }) => address),
      raw,
      parsed,
    });
    if (fault?.kind === 'lost-answer') await this.down().then(() => this.up());
    else done();
  }
}

function refusal(fault: SmtpFault | undefined, at: 'rcpt' | 'data'): Error | null {
  if (fault?.kind !== 'reply' || fault.at !== at) return null;
  return Object.assign(new Error('Not this one'), { responseCode: fault.code });
}
