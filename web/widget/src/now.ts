import { useEffect, useState } from 'preact/hooks';
import { serverNow } from '../../client/clock.js';

/** The server's time, kept up to date. */
export function useNow(every: number): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
