import { useCallback, useEffect, useRef, useState } from 'react';
import type { EventActor } from '../../../../../../src/contract/events/event-payload.js';
import type { TypingPayload } from '../../../../../../src/contract/socket-events.js';
import type { Ticket } from '../../../data/api.js';
import { donorOf } from '../../../data/ticket-names.js';

/** Longer than the pause between two signals of somebody who goes on typing. */
const FORGET_MS = 6_000;

/** Who is typing, by name, and the listener that learns it. */
export function useTyping(
  ticket: Ticket | undefined,
  myId: number,
): [readonly string[], (signal: TypingPayload) => void] {
  const [people, setPeople] = useState<ReadonlyMap<string, EventActor>>(new Map());
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const onTyping = useCallback(
    ({ actor, isTyping }: TypingPayload) => {
      const key = `${actor.type}:${actor.id}`;
      if (key === `admin:${myId}`) return;
      const forget = (): void => setPeople((known) => without(known, key));
      clearTimeout(timers.current.get(key));
      if (!isTyping) {
        forget();
        return;
      }
      setPeople((known) => new Map(known).set(key, actor));
      timers.current.set(key, setTimeout(forget, FORGET_MS));
    },
    [myId],
  );

  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running.values()) clearTimeout(timer);
      setPeople(new Map());
    };
  }, [ticket?.id]);

  const names = [...people.values()].map(({ type, name }) =>
    type === 'donor' && ticket ? donorOf(ticket) : (name ?? ''),
  );
  return [names, onTyping];
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map;
  const next = new Map(map);
  next.delete(key);
  return next;
}
