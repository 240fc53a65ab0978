import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { publicHost } from '../../platform/config/public-address.js';
import { Database } from '../../platform/database/database.service.js';
import { DomainError } from '../../platform/http/errors/domain-error.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { MailRefused } from '../../platform/mail/mail.errors.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { SYSTEM, type Actor } from '../auth/actor.js';
import { speaksForMailbox } from '../ticket-mail/speaks-for-mailbox.js';
import { TicketMailGate } from '../ticket-mail/ticket-mail-gate.js';
import { transcriptMail } from './transcript-mail.js';
import { TranscriptsService } from './transcripts.service.js';

const JOB = 'transcripts.mail';

interface Order {
  id: string;
  ticketId: string;
}

const conflict = (message: string): DomainError =>
  new DomainError({ code: 'CONFLICT', status: 409, message });

/** Sends a conversation to the email address of its ticket, and to no other. */
@Injectable()
export class TranscriptMails implements OnModuleInit {
  private readonly logger = new Logger('Transcripts');

  constructor(
    private readonly transcripts: TranscriptsService,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly mailer: Mailer,
    private readonly gate: TicketMailGate,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    if (this.mailer.isConfigured) this.jobs.define<Order>(JOB, (order) => this.sendOrdered(order));
  }

  /** Throws what reading the transcript throws, and 409 when no mail may go there. */
  async order(actor: Actor, ticketId: string): Promise<void> {
    await this.transcripts.render(actor, ticketId);
    if (!this.mailer.isConfigured)
      throw conflict('Email is not set up on this desk. Download the transcript instead.');
    const ticket = await this.database.ticket.findUniqueOrThrow({ where: { id: ticketId } });
    const { donorEmail } = ticket;
    if (donorEmail === null)
      throw conflict('This ticket has no email address. Download the transcript instead.');
    if (actor.kind === 'staff' && (await this.gate.isUnsubscribed(donorEmail))) {
      throw conflict('This donor wants no mails. Download the transcript instead.');
    }
    const verdict = await this.database.$transaction(async (tx) => {
      const passed = await this.gate.pass(ticket, 'donor', tx);
      if (passed === 'sent')
        await this.jobs.send(JOB, { id: randomUUID(), ticketId } satisfies Order, { tx });
      return passed;
    });
    if (verdict !== 'sent')
      throw conflict('This address had its mails for today. Try again tomorrow, or download the transcript.');
  }

  private async sendOrdered({ id, ticketId }: Order): Promise<void> {
    const ticket = await this.database.ticket.findUnique({ where: { id: ticketId } });
    const to = ticket?.donorEmail ?? null;
    if (ticket === null || to === null) return;
    const transcript = await this.transcripts.render(SYSTEM, ticketId);
    const messageId = `<${id}@${publicHost(this.config)}>`;
    try {
      await this.mailer.send({
        to,
        messageId,
        ...transcriptMail(transcript, speaksForMailbox(ticket)),
      });
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      this.logger.warn({
        msg: 'A transcript was refused for good',
        ticket: ticket.number,
        reason: error.reason,
      });
    }
  }
}
