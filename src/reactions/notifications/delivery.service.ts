import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { DeskProfile } from '../../platform/desk-profile/desk-profile.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { MailRefused } from '../../platform/mail/mail.errors.js';
import { PushRefused, PushUnavailable } from '../../platform/push/push.errors.js';
import type { Notice } from './delivery.js';
import { DeliveryConditions } from './delivery-conditions.js';
import { MailDelivery } from './mail-delivery.service.js';
import { PushDelivery } from './push-delivery.service.js';
import { isUrgent, ruleOf } from './recipients.js';

export const DELIVER_JOB = 'notifications.deliver';

/** The notification, and the ticket with which the job is forgotten. */
export interface DeliverData {
  id: string;
  ticketId: string;
}

/** The ticket, and how its donor reads. */
const NOTICED = { ticket: { include: { donor: { select: { locale: true, timeZone: true } } } } } as const;

/** Times a vendor may ask us to come back before the job counts as failed. */
const MOST_DEFERRALS = 20;

/**
 * Sends one notification. The row says how far it is, so that a try after a crash sends what is missing and nothing twice;
 * between the vendor's word and ours a crash can still repeat one, with the same Message-ID or tag.
 */
@Injectable()
export class DeliveryService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly conditions: DeliveryConditions,
    private readonly mails: MailDelivery,
    private readonly pushes: PushDelivery,
    private readonly profile: DeskProfile,
  ) {}

  onModuleInit(): void {
    if (!this.mails.isConfigured && !this.pushes.isConfigured) return;
    this.jobs.define<DeliverData>(DELIVER_JOB, ({ id }) => this.deliver(id), { concurrency: 4 });
  }

  private async deliver(id: string): Promise<void> {
    const row = await this.database.delivery.findUnique({ where: { id }, include: NOTICED });
    if (row === null || (row.state !== 'waiting' && row.state !== 'sending')) return;
    const { ticket, ...delivery } = row;
    const notice: Notice = { delivery, ticket, deskZone: this.profile.current.timeZone };
    const reason = await this.conditions.reasonToSkip(notice);
    if (reason !== null) {
      await this.settle(id, 'skipped', reason);
      return;
    }
    await this.sendNotice(notice);
  }

  private async sendNotice(notice: Notice): Promise<void> {
    const { id, channel } = notice.delivery;
    try {
      await (channel === 'mail' ? this.mails.sendMail(notice) : this.pushes.sendPushes(notice));
    } catch (error) {
      if (error instanceof MailRefused || error instanceof PushRefused) {
        await this.settle(id, 'refused', error.reason);
      } else if (error instanceof PushUnavailable && error.retryAfterSeconds !== undefined) {
        await this.comeBack(notice, error.retryAfterSeconds, error);
      } else {
        throw error;
      }
    }
  }

  /** The vendor said when: earlier tries would only make it say so again. */
  private async comeBack({ delivery }: Notice, seconds: number, error: Error): Promise<void> {
    const { id, ticketId, key, kind, channel } = delivery;
    const urgent = isUrgent(ruleOf(kind), channel);
    await this.database.$transaction(async (tx) => {
      const { attempts } = await tx.delivery.update({ where: { id }, data: { attempts: { increment: 1 } } });
      if (attempts > MOST_DEFERRALS) throw error;
      const singletonKey = `${key}:${attempts}`;
      const data: DeliverData = { id, ticketId };
      await this.jobs.send(DELIVER_JOB, data, { tx, singletonKey, startAfter: seconds, urgent });
    });
  }

  private async settle(id: string, state: 'skipped' | 'refused', reason: string): Promise<void> {
    await this.database.delivery.update({ where: { id }, data: { state, reason, settledAt: new Date() } });
  }
}
