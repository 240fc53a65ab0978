import { notifications } from '@mantine/notifications';
import type { StaffEventPayload } from '../../../../../../src/contract/events/event-payload.js';
import type { WaitingCallRequest } from '../../../data/api.js';
import { donorOf } from '../../../data/ticket-names.js';
import { t } from '../../../i18n/translate.js';

/** Says why it stopped ringing, when we did not stop it ourselves. A missed call stays until it is closed. */
export function tellOutcome(event: StaffEventPayload, request: WaitingCallRequest, myId: number): void {
  if (event.actor.type === 'admin' && event.actor.id === String(myId)) return;
  const { ticket } = request;
  const name = donorOf(ticket);
  const who = event.actor.name ?? '';
  const show = (color: string, title: string, message: string, stays = false): void => {
    notifications.show({ color, title, message, role: 'status', autoClose: stays ? false : 6_000 });
  };
  if (event.type === 'call.accepted') show('blue', t('core.ring.taken', { name: who }), name);
  if (event.type === 'call.rejected') show('gray', t('core.ring.declined', { name: who }), name);
  if (event.type === 'call.cancelled') show('gray', t('core.ring.cancelled'), name);
  if (event.type === 'call.expired') show('red', t('core.ring.missed'), `${name} · ${ticket.number}`, true);
}
