import { useEffect, useState } from 'react';
import { readStored } from '../../storage/stored.js';
import { Bell } from './bell.js';
import { setTitle } from '../page-title.js';
import { product } from '../product.js';

const FLASH_MS = 1_000;
export const NOTIFY = 'notify';

/**
 * Rings, flashes the title and shows a notification of the system where that is wanted, for as long as there are words
 * to say. Answers whether the browser keeps the sound back until somebody touches the page.
 */
export function useAlarm(words: string | undefined): boolean {
  const [isBlocked, setBlocked] = useState(false);
  useEffect(() => {
    if (words === undefined) return undefined;
    const bell = new Bell(setBlocked);
    const stopFlashing = flashTitle(words);
    const notice = notify(words);
    return () => {
      bell.stop();
      stopFlashing();
      notice?.close();
    };
  }, [words]);
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

/** Only for a page that is not in front. */
function notify(words: string): Notification | undefined {
  if (!('Notification' in window) || Notification.permission !== 'granted') return undefined;
  if (readStored(NOTIFY) !== 'on' || document.visibilityState === 'visible') return undefined;
  const notice = new Notification(product.name, {
    body: words,
    tag: 'concierge-call',
    requireInteraction: true,
  });
  notice.onclick = () => {
    focus();
    notice.close();
  };
  return notice;
}
