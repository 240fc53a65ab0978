import { useEffect, useState } from 'react';
import { serverNow } from '../../../client/clock.js';

/** The server's time now, in epoch milliseconds, told again every second. */
export function useSeconds(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
