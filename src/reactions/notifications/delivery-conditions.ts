import { Injectable } from '@nestjs/common';
import { isQuiet } from '../../contract/notifications.js';
import { NotificationSettings } from '../../domain/preferences/notification-settings.service.js';
import { TicketPresence } from '../../domain/presence/ticket-presence.js';
import { Database } from '../../platform/database/database.service.js';
import { MailAddresses } from '../../platform/mail/mail-addresses.js';
import { Clock } from '../../platform/clock/clock.js';
import { staffIdOf, type Notice } from './delivery.js';
import { activeOwner, ringsUntil } from './notifications.queries.js';
import { ruleOf, type Rule, type Unless } from './recipients.js';

/** Whether a notification is still wanted when its time has come. */
@Injectable()
export class DeliveryConditions {
  constructor(
    private readonly database: Database,
    private readonly settings: NotificationSettings,
    private readonly presence: TicketPresence,
    private readonly addresses: MailAddresses,
    private readonly clock: Clock,
  ) {}

  /** Why it is not to be sent; null when it is. */
  async reasonToSkip(notice: Notice): Promise<string | null> {
    const rule = ruleOf(notice.delivery.kind);
    const staffId = staffIdOf(notice.delivery);
    const personal =
      staffId === undefined
        ? await this.donorRefuses(notice)
        : await this.staffRefuses(notice, rule, staffId);
    if (personal !== null) return personal;
    if (await this.isTooLate(notice, rule)) return 'no longer rings';
    const channel = notice.delivery.channel === 'mail' ? rule.mail : rule.push;
    const unless = channel?.unless ?? 'never';
    return (await this.holds(unless, notice, staffId)) ? unless : null;
  }

  private async isTooLate({ delivery, ticket }: Notice, { push }: Rule): Promise<boolean> {
    if (delivery.channel !== 'push' || push?.rings !== true) return false;
    return (await ringsUntil(this.database, ticket.id, this.clock.now())) === null;
  }

  private async donorRefuses({ delivery, ticket }: Notice): Promise<string | null> {
    if (delivery.channel !== 'mail') return null;
    if (ticket.donorEmail === null) return 'no email address';
    return (await this.addresses.isUnsubscribed(ticket.donorEmail)) ? 'unsubscribed' : null;
  }

  private async staffRefuses({ delivery, ticket }: Notice, rule: Rule, id: number): Promise<string | null> {
    const user = await this.database.user.findUnique({
      where: { id },
      select: { isActive: true, email: true },
    });
    if (user?.isActive !== true) return 'not on the staff any more';
    const isOwners = rule.who !== 'team';
    const owner = isOwners ? await activeOwner(this.database, ticket.adminId) : null;
    if (owner !== null && owner !== id) return 'not their ticket any more';
    const { choices, quietHours } = await this.settings.read(id);
    const channel = delivery.channel === 'mail' ? 'mail' : 'push';
    if (rule.group !== null && !choices[rule.group][channel]) return 'switched off';
    if (channel === 'push' && isQuiet(quietHours, this.clock.now())) return 'quiet hours';
    return channel === 'mail' && user.email === null ? 'no email address' : null;
  }

  private async holds(unless: Unless, { delivery, ticket }: Notice, staffId?: number): Promise<boolean> {
    switch (unless) {
      case 'looking at the ticket':
        return staffId === undefined
          ? this.presence.donorIsHere(ticket.id)
          : (await this.presence.viewers(ticket.id)).includes(staffId);
      case 'read meanwhile':
        return this.isRead(delivery.messageId);
      case 'moved on':
        return ticket.status !== 'resolved';
      case 'never':
        return false;
    }
  }

  private async isRead(messageId: string | null): Promise<boolean> {
    if (messageId === null) return false;
    const message = await this.database.message.findUnique({ where: { id: messageId } });
    return message === null || message.isRead || message.deletedAt !== null;
  }
}
