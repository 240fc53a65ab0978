import { oneOf } from '../../contract/one-of.js';
import type { Locale } from '../../contract/locales.js';
import { message } from '../../platform/i18n/messages.js';
import type { Notice } from './delivery.js';
import { NOTIFICATION_KINDS, type NotificationKind } from './recipients.js';

const FOR_STAFF = [
  'new_ticket',
  'assigned',
  'transferred',
  'donor_message',
  'call_requested',
  'call_missed',
  'callback_wanted',
] as const satisfies readonly NotificationKind[];
type StaffKind = (typeof FOR_STAFF)[number];

function isForStaff(kind: NotificationKind): kind is StaffKind {
  return FOR_STAFF.some((one) => one === kind);
}

export const donorName = ({ donorName, donorEmail, number }: Notice['ticket']): string =>
  donorName ?? donorEmail ?? number;

/** Title and text of a push in its reader's language; `preview` is the message it is about, when it may be shown. */
export function pushWords(
  { delivery, ticket }: Notice,
  preview: string | undefined,
  locale: Locale,
): { title: string; body: string } {
  const about = ticket.subject === null ? ticket.number : `${ticket.number}: ${ticket.subject}`;
  const kind = oneOf(NOTIFICATION_KINDS, delivery.kind);
  if (isForStaff(kind)) {
    const title = message(locale, `push.staff.${kind}`, { who: donorName(ticket) });
    return { title, body: preview ?? about };
  }
  const title = message(locale, `push.donor.${kind}`, { who: delivery.actorName ?? '' });
  return { title, body: preview ?? ticket.number };
}
