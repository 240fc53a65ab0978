import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { eventKey, ticketTag } from '../../../../../src/contract/notice-tags.js';
import type { NotificationGroup } from '../../../../../src/contract/notifications.js';
import { fieldsOf } from '../../../../client/failure.js';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { readStored } from '../../storage/stored.js';
import { tellSystem } from '../../ui/alarm/system-notice.js';
import { NOTIFY } from '../../ui/alarm/use-alarm.js';
import { filingAfter } from '../../data/lists/ticket-news.js';
import { connection } from '../../data/live/live.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';
import { settingsQuery } from './notifications-query.js';
import { takePushes, takesPushes } from './push-device.js';
import { isSilent } from './quiet-hours.js';
import { product } from '../../ui/product.js';

/** Notifications of the system for a page that is not in front. Calls ring by themselves. */
export function BrowserNotices(): null {
  const me = useMe();
  const router = useRouter();
  const { data } = useQuery(settingsQuery);
  const settings = useRef(data);
  settings.current = data;
  const open = useCallback(
    (ticketId: string) => void router.navigate({ to: '/tickets/$ticketId', params: { ticketId } }),
    [router],
  );
  useClicks(open);
  useKeptPushes(data?.available.webPush === true);
  useEffect(() => {
    const tell = (event: StaffEventPayload): void => {
      const group = groupOf(event, me.id);
      const { choices, quietHours } = settings.current ?? {};
      if (group === undefined || choices?.[group].browser !== true || !mayShow()) return;
      if (isSilent(quietHours)) return;
      if (group === 'reply' && filingAfter(event)?.adminId !== me.id) return;
      const body = event.type === 'message.posted' ? event.content : '';
      const { ticketId, seq } = event;
      const title = `${product.name}: ${t(`notifications.groups.${group}`)}`;
      const about = { ticketId, tag: ticketTag(ticketId), key: eventKey(ticketId, seq), rings: false };
      tellSystem({ title, body, ...about }, () => open(ticketId)).catch((error: unknown) =>
        reportError(error),
      );
    };
    const monitor = connection.monitor({
      onEvent: tell,
      onResync: () => undefined,
    });
    return () => monitor.close();
  }, [me.id, open]);
  return null;
}

/** Tickets whose notification somebody clicks on: the worker asks the page to go there, and hears that it does. */
function useClicks(open: (ticketId: string) => void): void {
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return undefined;
    const hear = ({ data, ports }: MessageEvent<unknown>): void => {
      const { open: ticketId } = fieldsOf(data);
      if (typeof ticketId !== 'string') return;
      ports[0]?.postMessage('opened');
      open(ticketId);
    };
    const { serviceWorker } = navigator;
    serviceWorker.addEventListener('message', hear);
    return () => serviceWorker.removeEventListener('message', hear);
  }, [open]);
}

/** Registers this browser again: the desk forgets it when its person signs out, and browsers change their subscription. */
function useKeptPushes(isOffered: boolean): void {
  useEffect(() => {
    if (isOffered && takesPushes()) takePushes().catch((error: unknown) => reportError(error));
  }, [isOffered]);
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
