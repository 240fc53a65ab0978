import { useEffect, useState } from 'preact/hooks';
import { parts } from '../data/parts.js';

/**
 * The part of this name, as `load` gives it, once it is needed; tried again when `attempt` is another one, such as the state of the
 * connection, and when the donor asks for it.
 */
export function useLoaded<T>(
  name: string,
  isNeeded: boolean,
  attempt: unknown,
  load: () => Promise<T>,
): T | undefined {
  const [loaded, set] = useState<T>();
  const isMissing = isNeeded && loaded === undefined;
  useEffect(() => {
    if (isMissing) parts.need(name, load, (part) => set(() => part));
  }, [isMissing, attempt]);
  return loaded;
}
