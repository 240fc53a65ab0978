import { callTag, eventKey, ringKey, ticketTag } from '../../contract/notice-tags.js';
import type { WebPush } from '../../platform/push/web/web-push.js';
import type { Notice } from './delivery.js';

/** What is older than a day is no news. */
const DAY_S = 86_400;
/** A missed call takes the place of its ring. */
const OF_CALLS: ReadonlySet<string> = new Set(['call_requested', 'call_missed']);

interface Manner {
  urgent: boolean;
  /** Until when it rings. */
  until: Date | null;
  now: Date;
}

/** The push that the service worker of the dashboard shows. A ring is kept for nobody longer than it rings. */
export function webPushOf(
  { delivery, ticket: { id: ticketId } }: Notice,
  words: { title: string; body: string },
  { urgent, until, now }: Manner,
): WebPush {
  const { kind, seq } = delivery;
  const tag = OF_CALLS.has(kind) ? callTag(ticketId) : ticketTag(ticketId);
  const content = { ...words, kind, ticketId, tag };
  if (until === null) return { content: { ...content, key: eventKey(ticketId, seq) }, ttl: DAY_S, urgent };
  const ttl = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  const ringing = { ...content, key: ringKey(ticketId, until), ringsUntil: until.getTime() };
  return { content: ringing, ttl, urgent };
}
