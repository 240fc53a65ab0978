import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { StaffEventPayload } from '../../../../../src/contract/events/event-payload.js';
import { useMe } from '../../data/session/use-session.js';
import { readStored } from '../../storage/stored.js';
import { playSoundOnce, soundSetting, type Sound } from '../../ui/alarm/sounds.js';
import { settingsQuery } from '../notifications/notifications-query.js';
import { isSilent } from '../notifications/quiet-hours.js';

/** Plays the sound of what a donor has just written, for whom it is news, unless they look at it, have gone or want none. */
export function useSounds(): (event: StaffEventPayload) => void {
  const client = useQueryClient();
  const { id, availability } = useMe();
  return useCallback(
    (event) => {
      const sound = soundOf(event, id);
      if (sound === undefined || availability === 'away') return;
      if (readStored(`${id}:${soundSetting(sound)}`) === 'off') return;
      const isShown = location.pathname.endsWith(event.ticketId);
      if (isShown && document.visibilityState === 'visible') return;
      playUnlessQuiet(client, sound).catch((error: unknown) => reportError(error));
    },
    [client, id, availability],
  );
}

function soundOf({ type, ticket }: StaffEventPayload, myId: number): Sound | undefined {
  if (type === 'ticket.created') return 'new_ticket';
  return type === 'message.posted' && ticket?.adminId === myId ? 'reply' : undefined;
}

async function playUnlessQuiet(client: QueryClient, sound: Sound): Promise<void> {
  const { quietHours } = await client.query({ ...settingsQuery, staleTime: 'static' });
  if (!isSilent(quietHours)) playSoundOnce(sound);
}
