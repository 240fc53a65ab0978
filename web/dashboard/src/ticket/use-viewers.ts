import { useCallback, useState } from 'react';
import { fieldsOf } from '../../../shared/failure.js';

export interface Viewer {
  readonly id: number;
  readonly name: string;
  readonly avatar: string | null;
}

const NOBODY: readonly Viewer[] = [];

/** Which colleagues look at the same ticket, and the listener that learns it. */
export function useViewers(
  myId: number,
): [readonly Viewer[], (told: Readonly<Record<string, unknown>>) => void] {
  const [viewers, setViewers] = useState(NOBODY);
  const onViewers = useCallback(
    (told: Readonly<Record<string, unknown>>) => {
      const list = Array.isArray(told.viewers) ? (told.viewers as unknown[]) : [];
      setViewers(list.filter(isViewer).filter(({ id }) => id !== myId));
    },
    [myId],
  );
  return [viewers, onViewers];
}

function isViewer(value: unknown): value is Viewer {
  const { id, name } = fieldsOf(value);
  return typeof id === 'number' && typeof name === 'string';
}
