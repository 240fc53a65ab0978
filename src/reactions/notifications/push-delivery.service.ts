import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../../contract/locales.js';
import { PushDevices, type PushDevice } from '../../domain/preferences/push-devices.js';
import { donorReader } from '../../domain/ticket-mail/donor-reader.js';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.service.js';
import { mailLocale } from '../../platform/mail/mail-locale.js';
import { PushRefused, PushTokenGone } from '../../platform/push/push.errors.js';
import type { Push } from '../../platform/push/pusher.js';
import { PushServices } from '../../platform/push/push-services.js';
import type { WebPush } from '../../platform/push/web/web-push.js';
import { staffIdOf, type Notice } from './delivery.js';
import { ringsUntil } from './notifications.queries.js';
import { pushWords } from './push-texts.js';
import { ruleOf } from './recipients.js';
import { webPushOf } from './web-push-content.js';

/** One notification in the words of both ways to a device. */
interface Composed {
  phone: Omit<Push, 'token'>;
  browser: WebPush;
}

/** FCM and Apple take 64 characters; a delivery's id says more than its key, in less. */
const tagOf = (id: string): string => `concierge-${id}`;

/** Sends a notification to every device of its recipient, each device once. */
@Injectable()
export class PushDelivery {
  constructor(
    private readonly database: Database,
    private readonly devices: PushDevices,
    private readonly services: PushServices,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get isConfigured(): boolean {
    return this.services.isConfigured;
  }

  /**
   * Asks all devices at once: one whose vendor hangs keeps no other waiting. Throws when one could not be reached now, or when all
   * were refused; those that were reached are not asked again.
   */
  async sendPushes(notice: Notice): Promise<void> {
    const { delivery, ticket } = notice;
    const staffId = staffIdOf(delivery);
    const devices = await (staffId === undefined
      ? this.devices.ofDonor(ticket)
      : this.devices.ofStaff(staffId));
    const left = devices.filter(({ id }) => !delivery.doneTo.includes(id));
    const composed = await this.compose(notice, staffId);
    const tried = await Promise.all(left.map((device) => this.sendTo(device, composed, delivery.id)));
    const failures = tried.filter((failure) => failure !== undefined);
    const passing = failures.find((failure) => !(failure instanceof PushRefused));
    if (passing !== undefined) throw passing;
    const isNobodys = delivery.doneTo.length === 0 && failures.length === left.length;
    if (isNobodys && failures[0] !== undefined) throw failures[0];
    await this.database.delivery.update({
      where: { id: delivery.id },
      data: { state: 'sent', settledAt: new Date() },
    });
  }

  /** Answers what kept the push from this device; one that is gone is done with. */
  private async sendTo(
    device: PushDevice,
    { phone, browser }: Composed,
    id: string,
  ): Promise<Error | undefined> {
    try {
      await ('token' in device
        ? this.services.phones.send({ token: device.token, ...phone })
        : this.services.browsers.send(device, browser));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!(error instanceof PushTokenGone)) return error;
      await this.devices.gone(device);
    }
    await this.database.delivery.update({
      where: { id },
      data: { state: 'sending', doneTo: { push: device.id } },
    });
    return undefined;
  }

  private async compose(notice: Notice, staffId: number | undefined): Promise<Composed> {
    const { id, kind } = notice.delivery;
    const { id: ticketId, number } = notice.ticket;
    const locale =
      staffId === undefined
        ? donorReader(notice.ticket, notice.deskZone).locale
        : await this.staffLocale(staffId);
    const words = pushWords(notice, await this.preview(notice), locale);
    const { urgent = false, rings = false } = ruleOf(kind).push ?? {};
    const now = this.clock.now();
    const until = rings ? await ringsUntil(this.database, ticketId, now) : null;
    return {
      phone: { ...words, data: { kind, ticketId, number }, tag: tagOf(id), urgent },
      browser: webPushOf(notice, words, { urgent, until, now }),
    };
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
