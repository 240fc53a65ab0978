import { useEffect, useState } from 'react';
import { readStored } from '../../storage/stored.js';
import { Bell } from './bell.js';
import { setTitle } from '../page-title.js';
import { product } from '../product.js';

const FLASH_MS = 1_000;
export const NOTIFY = 'notify';

/** What rings: a notification of the system has its tag and key, and leads to its ticket. */
export interface Ringing {
  readonly words: string;
  readonly tag: string;
  readonly key: string;
  readonly ticketId: string;
}

/**
 * Rings, flashes the title and shows a notification of the system where that is wanted, for as long as something rings. Answers
 * whether the browser keeps the sound back until somebody touches the page.
 */
export function useAlarm(ringing: Ringing | undefined): boolean {
  const [isBlocked, setBlocked] = useState(false);
  const { words, key } = ringing ?? {};
  useEffect(() => {
    if (ringing === undefined) return undefined;
    const bell = new Bell(setBlocked);
    const stopFlashing = flashTitle(ringing.words);
    const takeBack = notify(ringing);
    return () => {
      bell.stop();
      stopFlashing();
      takeBack();
    };
  }, [words, key]);
  return isBlocked;
}

function flashTitle(words: string): () => void {
  let isShown = false;
  const timer = setInterval(() => {
    isShown = !isShown;
    setTitle({ alarm: isShown ? words : '' });
  }, FLASH_MS);
  return () => {
    clearInterval(timer);
    setTitle({ alarm: '' });
  };
}

/** Shows it only where the page is not in front. Answers how to take it back, with what a push has shown of the same. */
function notify({ words, ...about }: Ringing): () => void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return () => undefined;
  if (readStored(NOTIFY) !== 'on') return () => undefined;
  const isInFront = document.visibilityState === 'visible';
  const shown = import('./system-notice.js').then(({ takeBack, tellSystem }) =>
    isInFront
      ? () => takeBack(about)
      : tellSystem({ title: product.name, body: words, rings: true, ...about }),
  );
  return () => void shown.then((close) => close()).catch((error: unknown) => reportError(error));
}
