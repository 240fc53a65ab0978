import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** So near to its end a log follows what is new, in px. */
const NEAR_END = 80;

/** Keeps the end of a log in view until the reader scrolls up. `changes` are what makes it longer. */
export function useFollowEnd(changes: readonly unknown[]) {
  const log = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const isFollowing = useRef(true);
  const height = useRef(0);
  const toEnd = () => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (isFollowing.current) toEnd();
  }, changes);
  useLayoutEffect(() => {
    const { current } = log;
    if (!current) return undefined;
    // What appears above or below makes the log smaller.
    const observer = new ResizeObserver(() => {
      height.current = current.clientHeight;
      if (isFollowing.current) toEnd();
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  const onScroll = () => {
    const { current } = log;
    // A log that has just become smaller was not scrolled by its reader.
    if (current?.clientHeight !== height.current) return;
    isFollowing.current = current.scrollHeight - current.scrollTop - height.current < NEAR_END;
    setAtEnd(isFollowing.current);
  };
  return { log, atEnd, toEnd, onScroll };
}
