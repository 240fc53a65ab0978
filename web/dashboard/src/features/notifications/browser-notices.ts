import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { NotificationGroup } from '../../../../../src/contract/notifications.js';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { readStored } from '../../storage/stored.js';
import { NOTIFY } from '../../ui/alarm/use-alarm.js';
import { connection } from '../../data/live/live.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { settingsQuery } from './notifications-query.js';
import { isSilent } from './quiet-hours.js';
import { product } from '../../ui/product.js';

/** Notifications of the system for a page that is not in front. Calls ring by themselves. */
export function BrowserNotices(): null {
  const me = useMe();
  const router = useRouter();
  const { data } = useQuery(settingsQuery);
  const settings = useRef(data);
  settings.current = data;
  useEffect(() => {
    const tell = (event: StaffEventPayload): void => {
      const group = groupOf(event, me.id);
      const { choices, quietHours } = settings.current ?? {};
      if (group === undefined || choices?.[group].browser !== true || !mayShow()) return;
      if (isSilent(quietHours)) return;
      if (group === 'reply' && (event.ticket ?? event.before)?.adminId !== me.id) return;
      const body = event.type === 'message.posted' ? event.content : '';
      show(t(`notifications.groups.${group}`), body, event.ticketId, () => {
        void router.navigate({ to: '/tickets/$ticketId', params: { ticketId: event.ticketId } });
      });
    };
    const monitor = connection.monitor({
      onEvent: tell,
      onResync: () => undefined,
    });
    return () => monitor.close();
  }, [me.id, router]);
  return null;
}

function mayShow(): boolean {
  if (!('Notification' in window) || Notification.permission !== 'granted') return false;
  return readStored(NOTIFY) === 'on' && document.visibilityState === 'hidden';
}

/** What an event is to this person, before asking whose ticket it is; nothing when they did it themselves. */
function groupOf(event: StaffEventPayload, myId: number): NotificationGroup | undefined {
  const { type, actor } = event;
  if (actor.type === 'admin' && actor.id === String(myId)) return undefined;
  if (type === 'ticket.created') return 'new_ticket';
  if (type === 'ticket.assigned') return event.to === myId ? 'assigned' : undefined;
  if (type === 'ticket.transferred') return event.toAdminId === myId ? 'assigned' : undefined;
  if (type === 'message.posted') return actor.type === 'donor' ? 'reply' : undefined;
  return undefined;
}

/** One a ticket: the next replaces the one before. */
function show(title: string, body: string, ticketId: string, open: () => void): void {
  const notice = new Notification(`${product.name}: ${title}`, {
    body,
    dir: 'auto',
    tag: `concierge-${ticketId}`,
  });
  notice.onclick = () => {
    focus();
    notice.close();
    open();
  };
}
