import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

/** Keys count only while nobody is writing, choosing from a menu or asked something. */
export function isShortcut(event: KeyboardEvent): boolean {
  const { target } = event;
  const isTaken =
    target instanceof HTMLElement && target.closest('input, textarea, select, [role="menu"]') !== null;
  const isAsked = document.querySelector('[aria-modal="true"]') !== null;
  return !event.ctrlKey && !event.metaKey && !event.altKey && !isTaken && !isAsked;
}

interface Help {
  readonly opened: boolean;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

/** `g b`, `g t`, `/` and `?`, on every page. */
export function useGlobalShortcuts(): Help {
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    let before = '';
    const onKey = (event: KeyboardEvent): void => {
      if (!isShortcut(event)) return;
      const chord = before === 'g' ? `g ${event.key}` : event.key;
      before = event.key;
      if (chord === 'g b') void navigate({ to: '/' });
      else if (chord === 'g t') void navigate({ to: '/tickets', search: {} });
      else if (chord === '?') setOpened(true);
      else if (chord === '/') {
        event.preventDefault();
        document.getElementById('global-search')?.focus();
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [navigate]);
  return { opened, onOpen: () => setOpened(true), onClose: () => setOpened(false) };
}
