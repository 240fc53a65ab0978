import { Injectable } from '@nestjs/common';
import { MailAddresses } from '../../platform/mail/mail-addresses.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { Pusher } from '../../platform/push/pusher.js';
import type { StaffActor } from '../auth/actor.js';
import { PushDevices } from '../preferences/push-devices.js';
import { TicketChanges, type TicketChange } from '../tickets/ticket-change.js';
import { ENDING_STATUSES } from '../tickets/ticket.transitions.js';
import type { TicketRow } from '../event-log/rows.js';
import { donorOutOfReach, nothingToRemindOf, remindedLately } from './reminder.errors.js';

const EVERY_S = 600;

export type ReminderChannel = 'mail' | 'push';

/** Staff nudge a donor who has not answered. The event in the log is what sends it. */
@Injectable()
export class RemindersService {
  constructor(
    private readonly changes: TicketChanges,
    private readonly mailer: Mailer,
    private readonly addresses: MailAddresses,
    private readonly pusher: Pusher,
    private readonly devices: PushDevices,
  ) {}

  /** At most one in ten minutes a ticket. Answers by which channels it goes out. */
  async remind(actor: StaffActor, ticketId: string): Promise<ReminderChannel[]> {
    const { result } = await this.changes.runFor(actor, ticketId, 'work', async (change) => {
      const { status } = change.ticket;
      if (ENDING_STATUSES.has(status)) throw nothingToRemindOf(status);
      await this.mustBeDue(change);
      const channels = await this.channels(change.ticket);
      if (channels.length === 0) throw donorOutOfReach();
      change.record({ type: 'ticket.reminded', public: false, data: { channels } });
      return channels;
    });
    return result;
  }

  private async mustBeDue({ tx, ticket }: TicketChange): Promise<void> {
    const [last] = await tx.$queryRaw<{ ago: number }[]>`
      SELECT extract(epoch FROM clock_timestamp() - created_at)::float AS ago
        FROM ticket_events
       WHERE ticket_id = ${ticket.id}::uuid AND type = 'ticket.reminded'
       ORDER BY seq DESC LIMIT 1`;
    if (last !== undefined && last.ago < EVERY_S) throw remindedLately(Math.ceil(EVERY_S - last.ago));
  }

  private async channels(ticket: TicketRow): Promise<ReminderChannel[]> {
    const { donorEmail } = ticket;
    const byMail =
      this.mailer.isConfigured && donorEmail !== null && !(await this.addresses.isUnsubscribed(donorEmail));
    const byPush = this.pusher.isConfigured && (await this.devices.ofDonor(ticket)).length > 0;
    return [...(byMail ? (['mail'] as const) : []), ...(byPush ? (['push'] as const) : [])];
  }
}
