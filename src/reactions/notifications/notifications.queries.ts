import type { Database } from '../../platform/database/database.service.js';
import type { Delivery, Prisma } from '../../platform/database/generated/client.js';
import type { NotificationKind } from './recipients.js';

export interface PlannedDelivery {
  key: string;
  ticketId: string;
  seq: number;
  kind: NotificationKind;
  channel: 'push' | 'mail';
  recipient: string;
  messageId: string | null;
  /** The member of staff who did it. */
  actorId: number | null;
  /** Seconds until it goes out. */
  delay: number;
  /** Goes out before what is not. */
  urgent: boolean;
}

/** Writes those that are not there yet; answers them. */
export async function insertDeliveries(
  tx: Prisma.TransactionClient,
  planned: readonly PlannedDelivery[],
): Promise<{ id: string; plan: PlannedDelivery }[]> {
  const rows = await tx.$queryRaw<{ id: string; key: string }[]>`
    INSERT INTO deliveries (id, key, ticket_id, seq, kind, channel, recipient, message_id, actor_name)
    SELECT gen_random_uuid(), p.key, p."ticketId", p.seq, p.kind, p.channel, p.recipient, p."messageId", u.name
      FROM jsonb_to_recordset(${JSON.stringify(planned)}::jsonb) AS p
        (key text, "ticketId" uuid, seq int, kind text, channel text, recipient text, "messageId" uuid, "actorId" int)
      LEFT JOIN users u ON u.id = p."actorId"
    ON CONFLICT (key) DO NOTHING
    RETURNING id, key`;
  const ids = new Map(rows.map(({ id, key }) => [key, id]));
  return planned.flatMap((plan) => {
    const id = ids.get(plan.key);
    return id === undefined ? [] : [{ id, plan }];
  });
}

/** Staff who say that they are at work: those of the team, or everybody when it has nobody. */
export async function availableStaff(db: Database, team: string): Promise<number[]> {
  const rows = await db.user.findMany({
    where: { isActive: true, availability: 'online' },
    select: { id: true, team: true },
    orderBy: { id: 'asc' },
  });
  const own = rows.filter((row) => row.team === team);
  return (own.length > 0 ? own : rows).map(({ id }) => id);
}

/** The owner, unless that person has left: what comes for their tickets is the team's then. */
export async function activeOwner(db: Database, adminId: number | null): Promise<number | null> {
  if (adminId === null) return null;
  return (await db.user.count({ where: { id: adminId, isActive: true } })) > 0 ? adminId : null;
}

/** Until when the donor's request for a call rings; null when none does. */
export async function ringsUntil(db: Database, ticketId: string, now: Date): Promise<Date | null> {
  const request = await db.callRequest.findFirst({
    where: { ticketId, status: 'PENDING', expiresAt: { gt: now } },
    orderBy: { expiresAt: 'desc' },
    select: { expiresAt: true },
  });
  return request?.expiresAt ?? null;
}

/** What one mail about new messages carries: all that its reader has not read, oldest first, the newest 20. */
export async function unreadMessages(
  db: Database,
  ticketId: string,
  senderType: 'donor' | 'admin',
): Promise<{ id: string; senderName: string | null; content: string; createdAt: Date }[]> {
  const rows = await db.message.findMany({
    where: { ticketId, senderType, messageType: 'text', isRead: false, deletedAt: null },
    orderBy: { seq: 'desc' },
    take: 20,
    select: { id: true, senderName: true, content: true, createdAt: true },
  });
  return rows.reverse();
}

type Alike = Pick<Delivery, 'id' | 'ticketId' | 'kind' | 'channel' | 'recipient'>;

/**
 * The mails of one kind about one ticket to one person begin and end one after another: each writes the rows of several.
 * A lock of its own, since rows locked one by one (those of mails planned meanwhile among them) can be waited for in a circle.
 */
export async function lockAlike(tx: Prisma.TransactionClient, delivery: Alike): Promise<void> {
  const alike = [delivery.ticketId, delivery.kind, delivery.channel, delivery.recipient].join(' ');
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('alike ' || ${alike}, 0))`;
}

/**
 * Keeps the ticket until the transaction ends; false when it is gone. Anyone who locks rows of a ticket and then writes another one
 * locks the ticket first, as its deletion does: otherwise each waits for the other.
 */
export async function keepTicket(tx: Prisma.TransactionClient, ticketId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<
    unknown[]
  >`SELECT 1 FROM tickets WHERE id = ${ticketId}::uuid FOR KEY SHARE`;
  return rows.length === 1;
}

/** Whether an earlier mail has the message; this notification is then settled, however late it was planned. */
export async function isCarried(
  tx: Prisma.TransactionClient,
  delivery: Alike & Pick<Delivery, 'messageId'>,
): Promise<boolean> {
  const { id, ticketId, kind, channel, recipient, messageId } = delivery;
  if (messageId === null) return false;
  const earlier = await tx.delivery.count({
    where: { ...{ ticketId, kind, channel, recipient }, id: { not: id }, doneTo: { has: messageId } },
  });
  if (earlier > 0) await tx.delivery.update({ where: { id }, data: carriedNow() });
  return earlier > 0;
}

function carriedNow(): Pick<Delivery, 'state' | 'reason' | 'settledAt'> {
  return { state: 'skipped', reason: 'carried by an earlier mail', settledAt: new Date() };
}

/** A mail goes out, and with it what it carries: notifications that wait for the same messages are not needed. */
export async function settleCarried(
  tx: Prisma.TransactionClient,
  delivery: Alike,
  messageIds: readonly string[],
): Promise<void> {
  const { id, ticketId, kind, channel, recipient } = delivery;
  await tx.delivery.updateMany({
    where: {
      ...{ id: { not: id }, ticketId, kind, channel, recipient, state: 'waiting' },
      messageId: { in: [...messageIds] },
    },
    data: carriedNow(),
  });
}
