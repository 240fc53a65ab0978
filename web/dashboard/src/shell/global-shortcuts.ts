import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { isShortcut } from '../ui/shortcuts.js';

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
