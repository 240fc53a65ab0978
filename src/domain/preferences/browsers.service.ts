import { Injectable } from '@nestjs/common';
import { isForeignKeyViolation } from '../../platform/database/database.errors.js';
import { Database } from '../../platform/database/database.service.js';
import type { Subscription } from '../../platform/push/web/web-push.js';
import type { StaffActor } from '../auth/actor.js';
import { tokenInvalid } from '../auth/auth.errors.js';
import { BrowserSubscribers } from './browser-subscribers.service.js';

/** As many as phones: the oldest goes when somebody has more. */
const MOST = 20;

/** Browsers of staff that take pushes. One belongs to the person who registered it last. */
@Injectable()
export class Browsers {
  constructor(
    private readonly database: Database,
    private readonly subscribers: BrowserSubscribers,
  ) {}

  /** Fine to repeat: a dashboard does so whenever it is opened. */
  async register({ id: userId, loginId }: StaffActor, subscription: Subscription): Promise<void> {
    const { endpoint, p256dh, auth } = subscription;
    const fields = { p256dh, auth, userId, loginId: loginId ?? null };
    await this.database.webPushSubscription
      .upsert({ where: { endpoint }, create: { endpoint, ...fields }, update: fields })
      .catch((error: unknown) => {
        // The account was deleted a moment ago.
        throw isForeignKeyViolation(error) ? tokenInvalid() : error;
      });
    this.subscribers.noteOne();
    const surplus = await this.database.webPushSubscription.findMany({
      where: { userId },
      orderBy: { updatedAt: 'desc' },
      skip: MOST,
      select: { id: true },
    });
    if (surplus.length > 0) {
      const ids = surplus.map(({ id }) => id);
      await this.database.webPushSubscription.deleteMany({ where: { id: { in: ids } } });
    }
  }

  /** One browser of the person, or all of them; those of others stay. */
  async forget({ id: userId }: StaffActor, endpoint?: string): Promise<void> {
    await this.database.webPushSubscription.deleteMany({
      where: { userId, ...(endpoint !== undefined && { endpoint }) },
    });
  }
}
