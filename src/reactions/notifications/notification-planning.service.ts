import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { BrowserSubscribers } from '../../domain/preferences/browser-subscribers.service.js';
import { PushDevices } from '../../domain/preferences/push-devices.js';
import { DurableReactions, type DurableEvent } from '../../domain/event-log/durable-reactions.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { Ticket } from '../../platform/database/generated/client.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { DELIVER_JOB, type DeliverData } from './delivery.service.js';
import {
  activeOwner,
  availableStaff,
  insertDeliveries,
  type PlannedDelivery,
} from './notifications.queries.js';
import {
  asksForCallback,
  isUrgent,
  NOTIFYING_EVENTS,
  recipientsOf,
  URGENT_EVENTS,
  type Recipient,
} from './recipients.js';

type Channel = PlannedDelivery['channel'];

/**
 * Turns an event into one delivery a person and channel. The deliveries and their jobs are written in one transaction, and
 * their keys are made of the event: done twice, it is done once.
 */
@Injectable()
export class NotificationPlanning implements OnModuleInit {
  constructor(
    private readonly durable: DurableReactions,
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly devices: PushDevices,
    private readonly subscribers: BrowserSubscribers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Where nothing can be sent nothing is planned, and writing a message costs no job. */
  onModuleInit(): void {
    if (this.channels().length === 0) return;
    this.durable.register({
      name: 'notifications.plan',
      types: NOTIFYING_EVENTS,
      isIdle: () => !this.hasFixedChannel() && !this.subscribers.exist,
      when: (event) => event.type !== 'ticket.updated' || asksForCallback(event),
      urgent: ({ type }) => URGENT_EVENTS.has(type),
      handle: (event) => this.plan(event),
    });
  }

  /** One that needs no browser to have registered. */
  private hasFixedChannel(): boolean {
    const { mail, push } = this.config;
    return mail.smtpUrl !== undefined || push.projectId !== undefined;
  }

  private channels(): Channel[] {
    const { mail, push, webPush } = this.config;
    const hasPush = push.projectId !== undefined || webPush.isOn;
    return [
      ...(hasPush ? (['push'] as const) : []),
      ...(mail.smtpUrl === undefined ? [] : (['mail'] as const)),
    ];
  }

  private async plan(event: DurableEvent): Promise<void> {
    const ticket = await this.database.ticket.findUnique({ where: { id: event.ticketId } });
    // Deleted meanwhile: there is nothing left to tell anybody of.
    if (ticket === null) return;
    if (await this.isUnspoken(event)) return;
    const team = await availableStaff(this.database, ticket.team);
    const adminId = await activeOwner(this.database, ticket.adminId);
    const recipients = recipientsOf(event, { adminId, team });
    const planned = await this.deliveries(event, ticket, recipients);
    if (planned.length === 0) return;
    await this.database.$transaction(async (tx) => {
      const inserted = await insertDeliveries(tx, planned);
      for (const { id, plan } of inserted) {
        const { key: singletonKey, delay: startAfter, urgent } = plan;
        const data: DeliverData = { id, ticketId: event.ticketId };
        await this.jobs.send(DELIVER_JOB, data, { tx, singletonKey, startAfter, urgent });
      }
    });
  }

  /** Notes are between staff, and what the desk itself says is told by the event that made it say so. */
  private async isUnspoken({ type, messageId }: DurableEvent): Promise<boolean> {
    if (type !== 'message.posted' || messageId === null) return false;
    const message = await this.database.message.findUnique({ where: { id: messageId } });
    return message?.messageType !== 'text' || message.deletedAt !== null;
  }

  private async deliveries(
    event: DurableEvent,
    ticket: Ticket,
    recipients: Recipient[],
  ): Promise<PlannedDelivery[]> {
    const reachable = await this.withDevices(ticket, recipients);
    return recipients.flatMap(({ rule, person }) =>
      this.channels()
        .filter((channel) => rule[channel] !== undefined)
        .filter((channel) => channel === 'mail' || reachable.has(person))
        .map((channel) => {
          const recipient = person === 'donor' ? 'donor' : `user:${person}`;
          return {
            key: `${event.ticketId}:${event.seq}:${rule.kind}:${recipient}:${channel}`,
            ticketId: event.ticketId,
            seq: event.seq,
            kind: rule.kind,
            channel,
            recipient,
            messageId: event.messageId,
            actorId: event.actorType === 'admin' ? Number(event.actorId) : null,
            delay: channel === 'mail' && rule.mail?.when === 'later' ? this.config.mail.delay : 0,
            urgent: isUrgent(rule, channel),
          };
        }),
    );
  }

  private async withDevices(ticket: Ticket, recipients: Recipient[]): Promise<Set<Recipient['person']>> {
    const people = recipients.map(({ person }) => person);
    const staff = people.filter((person) => person !== 'donor');
    const reachable = new Set<Recipient['person']>(await this.devices.staffWithDevices(staff));
    if (people.includes('donor') && (await this.devices.ofDonor(ticket)).length > 0) reachable.add('donor');
    return reachable;
  }
}
