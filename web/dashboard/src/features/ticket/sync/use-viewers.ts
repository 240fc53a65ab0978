import { useCallback, useState } from 'react';
import type { Viewer } from '../../../../../../src/contract/socket-events.js';

const NOBODY: readonly Viewer[] = [];

/** Which colleagues look at the same ticket, and the listener that learns it. */
export function useViewers(myId: number): [readonly Viewer[], (viewers: readonly Viewer[]) => void] {
  const [viewers, setViewers] = useState(NOBODY);
  const onViewers = useCallback(
    (present: readonly Viewer[]) => setViewers(present.filter(({ id }) => id !== myId)),
    [myId],
  );
  return [viewers, onViewers];
}
