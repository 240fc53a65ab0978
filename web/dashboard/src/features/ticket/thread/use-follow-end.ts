import { useLayoutEffect, useRef, type RefObject } from 'react';

/** Distance from the end, in px, within which new lines are followed. */
const NEAR_END = 80;
/** Above the line at which a thread opens, in px. */
const MARGIN = 8;

/**
 * Opens the thread at the end, or where reading begins. Stays at the end while the reader is there, and where the reader was when
 * earlier lines come in above.
 */
export function useFollowEnd(
  box: RefObject<HTMLDivElement | null>,
  first: string | undefined,
  last: string,
): void {
  const atEnd = useRef(true);
  const before = useRef<{ first: string | undefined; height: number }>(undefined);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    if (before.current === undefined) element.scrollTop = openingOf(element);
    else if (before.current.first !== first && !atEnd.current)
      element.scrollTop += element.scrollHeight - before.current.height;
    else if (atEnd.current) element.scrollTop = element.scrollHeight;
    atEnd.current = isAtEnd(element);
    before.current = { first, height: element.scrollHeight };
    const onScroll = (): void => {
      atEnd.current = isAtEnd(element);
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [box, first, last]);
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: Element): boolean {
  return scrollHeight - scrollTop - clientHeight < NEAR_END;
}

/** The end; or what is new, or a last message that is longer than the box, from its start. */
function openingOf(element: Element): number {
  const start =
    element.querySelector('[data-new-line]') ?? [...element.querySelectorAll('[data-message]')].at(-1);
  const top = element.getBoundingClientRect().top;
  const opening =
    start === undefined ? 0 : start.getBoundingClientRect().top - top + element.scrollTop - MARGIN;
  return Math.min(opening, element.scrollHeight);
}
