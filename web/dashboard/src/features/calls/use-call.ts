import { useEffect, useRef, useState, type RefObject } from 'react';
import { createCall, type Call, type CallView } from '../../../../shared/call/call.js';
import { asFailure, type Failure } from '../../../../client/failure.js';
import { answer, api } from '../../data/api.js';
import { connection } from '../../data/live/live.js';

interface LiveCall {
  readonly view: CallView | undefined;
  /** Why there is no call to be seen. */
  readonly failure: Failure | undefined;
  readonly call: RefObject<Call | undefined>;
}

/** Takes part in a call for as long as it is shown. */
export function useCall(callId: string, frame: RefObject<HTMLElement | null>): LiveCall {
  const call = useRef<Call>(undefined);
  const [view, setView] = useState<CallView>();
  const [failure, setFailure] = useState<Failure>();

  useEffect(() => {
    const visit = new AbortController();
    const isOver = (): boolean => visit.signal.aborted;
    const params = { params: { path: { id: callId } } };
    const join = () => answer(api.POST('/api/v1/calls/{id}/join', params));
    async function enter(): Promise<void> {
      const joined = await join();
      if (isOver()) return;
      const opened = await createCall({
        joined,
        connection,
        rejoin: join,
        end: () => answer(api.POST('/api/v1/calls/{id}/end', params)),
        ...(frame.current && { frame: frame.current }),
        onChange: setView,
      });
      if (isOver()) {
        opened.leave();
        return;
      }
      call.current = opened;
      setView(opened.view);
    }
    enter().catch((error: unknown) => setFailure(asFailure(error)));
    return () => {
      visit.abort();
      call.current?.leave();
      call.current = undefined;
    };
  }, [callId, frame]);
  return { view, failure, call };
}
