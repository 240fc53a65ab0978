import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../../contract/locales.js';
import { PushDevices } from '../../domain/preferences/push-devices.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import { mailLocale } from '../../platform/mail/mail-locale.js';
import { PushTokenGone } from '../../platform/push/push.errors.js';
import { Pusher } from '../../platform/push/pusher.js';
import { staffIdOf, type Notice } from './delivery.js';
import { donorLocale, pushWords } from './push-texts.js';
import { ruleOf } from './recipients.js';

/** FCM and Apple take 64 characters; a delivery's id says more than its key, in less. */
const tagOf = (id: string): string => `concierge-${id}`;

/** Sends a notification to every device of its recipient, each device once. */
@Injectable()
export class PushDelivery {
  constructor(
    private readonly database: Database,
    private readonly devices: PushDevices,
    private readonly pusher: Pusher,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get isConfigured(): boolean {
    return this.pusher.isConfigured;
  }

  /** Throws the error of the first device that could not be reached now; those that were are not asked again. */
  async sendPushes(notice: Notice): Promise<void> {
    const { delivery, ticket } = notice;
    const { id, kind } = delivery;
    const staffId = staffIdOf(delivery);
    const devices = await (staffId === undefined
      ? this.devices.ofDonor(ticket)
      : this.devices.ofStaff(staffId));
    const locale = staffId === undefined ? donorLocale(ticket) : await this.staffLocale(staffId);
    const words = pushWords(notice, await this.preview(notice), locale);
    const data = { kind, ticketId: ticket.id, number: ticket.number };
    const urgent = ruleOf(kind).push?.urgent === true;
    for (const device of devices.filter((known) => !delivery.doneTo.includes(known.id))) {
      try {
        await this.pusher.send({ token: device.token, ...words, data, tag: tagOf(id), urgent });
      } catch (error) {
        if (!(error instanceof PushTokenGone)) throw error;
        await this.devices.gone(device.id, device.token);
      }
      await this.database.delivery.update({
        where: { id },
        data: { state: 'sending', doneTo: { push: device.id } },
      });
    }
    await this.database.delivery.update({ where: { id }, data: { state: 'sent', settledAt: new Date() } });
  }

  private async staffLocale(id: number): Promise<Locale> {
    const user = await this.database.user.findUnique({ where: { id }, select: { locale: true } });
    return mailLocale(user?.locale);
  }

  /** The message itself, unless the operator wants none of it on lock screens. */
  private async preview({ delivery: { messageId } }: Notice): Promise<string | undefined> {
    if (!this.config.push.preview || messageId === null) return undefined;
    const message = await this.database.message.findUnique({ where: { id: messageId } });
    return message?.deletedAt === null ? message.content : undefined;
  }
}
