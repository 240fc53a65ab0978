import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { NotificationSound as Sound } from '../../../../../src/contract/notifications.js';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { filingAfter } from '../../data/lists/ticket-news.js';
import { useMe } from '../../data/session/use-session.js';
import { playSoundOnce } from '../../ui/alarm/sounds.js';
import { settingsQuery } from '../notifications/notifications-query.js';
import { isSilent } from '../notifications/quiet-hours.js';

/** Plays the sound of what a donor has just written, for whom it is news, unless they look at it, have gone or want none. */
export function useSounds(): (event: StaffEventPayload) => void {
  const client = useQueryClient();
  const { id, chosenAvailability } = useMe();
  return useCallback(
    (event) => {
      const sound = soundOf(event, id);
      if (sound === undefined || chosenAvailability === 'away') return;
      const isShown = location.pathname.endsWith(event.ticketId);
      if (isShown && document.visibilityState === 'visible') return;
      playIfWanted(client, sound).catch((error: unknown) => reportError(error));
    },
    [client, id, chosenAvailability],
  );
}

function soundOf(event: StaffEventPayload, myId: number): Sound | undefined {
  if (event.type === 'ticket.created') return 'new_ticket';
  return event.type === 'message.posted' && filingAfter(event)?.adminId === myId ? 'reply' : undefined;
}

async function playIfWanted(client: QueryClient, sound: Sound): Promise<void> {
  const { quietHours, sounds } = await client.query({ ...settingsQuery, staleTime: 'static' });
  if (sounds[sound] && !isSilent(quietHours)) playSoundOnce(sound);
}
