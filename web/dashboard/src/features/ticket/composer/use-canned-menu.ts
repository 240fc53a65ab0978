import { useState, type KeyboardEvent } from 'react';
import { useCannedReplies, type CannedReply } from './canned-replies.js';

/** The reply templates that match `/word`, and the keys that choose among them. */
export function useCannedMenu(text: string, onChoose: (reply: CannedReply) => void) {
  const { replies } = useCannedReplies();
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<string>();
  const word = /^\/(\S*)$/.exec(text)?.[1]?.toLowerCase();
  const matches = word === undefined ? [] : replies.filter(({ name }) => name.startsWith(word));
  const isOpen = matches.length > 0 && dismissed !== text;
  const index = Math.min(active, matches.length - 1);

  function onKeyDown(event: KeyboardEvent): boolean {
    if (!isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const match = matches[index];
    if (step !== undefined) setActive((index + step + matches.length) % matches.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && match) onChoose(match);
    else if (event.key === 'Escape') setDismissed(text);
    else return false;
    event.preventDefault();
    return true;
  }
  return { isOpen, matches, index, activeId: `canned-${index}`, onChoose, onKeyDown };
}

export type CannedMenuState = ReturnType<typeof useCannedMenu>;
