import { useSeconds } from '../../ui/use-seconds.js';
import { dayOf, timeOf } from '../../ui/when.js';

/** When a callback is due, in words, and whether that time is over. */
export function useCallback(dueAt: string): { readonly time: string; readonly isOverdue: boolean } {
  const now = useSeconds();
  const isToday = new Date(dueAt).toDateString() === new Date(now).toDateString();
  return {
    time: isToday ? timeOf(dueAt) : `${dayOf(dueAt)}, ${timeOf(dueAt)}`,
    isOverdue: Date.parse(dueAt) <= now,
  };
}
