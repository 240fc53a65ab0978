import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { ok, type Client } from './client.js';
import { openDesk, type Desk } from './desk.js';
import { FakeFcm } from './fake-fcm.js';
import type { FakePushService, FakeSubscription } from './fake-push-service.js';
import { FakeSmtp } from './fake-smtp.js';
import type { Config } from '../../src/platform/config/config.js';

/** A desk that sends mails and pushes, and the servers that take them. */
export interface NotifyingDesk extends Desk {
  smtp: FakeSmtp;
  fcm: FakeFcm;
}

export interface NoticeRow {
  kind: string;
  channel: string;
  recipient: string;
  state: string;
  reason: string | null;
}

/** Unread messages are mailed `mailDelay` seconds after they were written. */
export async function openNotifyingDesk(
  mailDelay = 0,
  overrides: Partial<Config> = {},
  push: Partial<Config['push']> = {},
): Promise<NotifyingDesk> {
  const [smtp, fcm] = [await FakeSmtp.start(), await FakeFcm.start()];
  const desk = await openDesk({
    mail: { smtpUrl: smtp.url, from: 'Our desk <desk@charity.example>', delay: mailDelay },
    push: { ...fcm.config, ...push },
    ...overrides,
  });
  const close = async () => {
    await desk.close();
    await Promise.all([smtp.close(), fcm.close()]);
  };
  return { ...desk, smtp, fcm, close };
}

/** Signs a phone in; answers its token. */
export async function phoneOf(client: Client, whose: 'users' | 'donors', token: string): Promise<string> {
  await ok(client.put(`/${whose}/me/fcm-token`, { token, platform: 'android' }), 204);
  return token;
}

/** Registers a browser for pushes; answers its subscription. */
export async function browserOf(
  client: Client,
  pushes: FakePushService,
  name: string,
): Promise<FakeSubscription> {
  const subscription = pushes.subscribe(name);
  await ok(client.put('/users/me/web-push', { ...subscription }), 204);
  return subscription;
}

/** The notifications of a ticket, by kind and channel. */
export async function noticesOf(db: pg.Pool, ticketId: string): Promise<NoticeRow[]> {
  const { rows } = await db.query<NoticeRow>(
    `SELECT kind, channel, recipient, state, reason FROM deliveries WHERE ticket_id = $1 ORDER BY seq, channel, recipient`,
    [ticketId],
  );
  return rows;
}

/** Waits until everything that happened to the ticket has been told, or not; the suite's timeout is the bound. */
export async function untilTold(db: pg.Pool, ticketId: string): Promise<NoticeRow[]> {
  for (;;) {
    const { rows } = await db.query<{ busy: number }>(
      `SELECT (SELECT count(*) FROM ticket_events WHERE ticket_id = $1 AND NOT dispatched)
            + (SELECT count(*) FROM pgboss.job WHERE state IN ('created', 'retry', 'active') AND name = 'notifications.plan'
                  AND data->>'ticketId' = $1::text)
            + (SELECT count(*) FROM deliveries WHERE ticket_id = $1 AND state IN ('waiting', 'sending')) AS busy`,
      [ticketId],
    );
    if (Number(rows[0]?.busy) === 0) return noticesOf(db, ticketId);
    await sleep(30);
  }
}
