import { useEffect, useState } from 'preact/hooks';

/** What `load` gives, once it is needed; tried again when `attempt` is another one, such as the state of the connection. */
export function useLoaded<T>(isNeeded: boolean, attempt: unknown, load: () => Promise<T>): T | undefined {
  const [loaded, set] = useState<T>();
  const isMissing = isNeeded && loaded === undefined;
  useEffect(() => {
    if (isMissing)
      load()
        .then((result) => set(() => result))
        .catch(() => undefined);
  }, [isMissing, attempt]);
  return loaded;
}
