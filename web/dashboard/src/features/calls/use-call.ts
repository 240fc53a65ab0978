import { useEffect, useRef, useState, type RefObject } from 'react';
import { createCall, type Call, type CallView } from '../../../../shared/call/call.js';
import { chosenDevices } from '../../../../shared/call/device-list.js';
import { stopDevices } from '../../../../shared/call/devices.js';
import { asFailure, type Failure } from '../../../../client/failure.js';
import { answer, api } from '../../data/api.js';
import { connection } from '../../data/live/live.js';
import type { OpenCall } from './open-call.js';

interface LiveCall {
  readonly view: CallView | undefined;
  /** Why there is no call to be seen. */
  readonly failure: Failure | undefined;
  readonly call: RefObject<Call | undefined>;
}

/** Takes part in a call for as long as it is shown. */
export function useCall(
  { callId, setup }: OpenCall & { readonly callId: string },
  frame: RefObject<HTMLElement | null>,
): LiveCall {
  const call = useRef<Call>(undefined);
  const [view, setView] = useState<CallView>();
  const [failure, setFailure] = useState<Failure>();
  const beginning = useRef(setup);

  useEffect(() => {
    const visit = new AbortController();
    const isOver = (): boolean => visit.signal.aborted;
    /** Of devices that the call has never taken. */
    const letGo = (): void => {
      if (beginning.current?.opened) stopDevices(beginning.current.opened);
    };
    async function enter(): Promise<void> {
      const options = {
        ...(await entryTo(callId)),
        setup: { devices: chosenDevices(), ...beginning.current },
      };
      if (isOver()) return;
      const opened = await createCall({ ...options, frame: frame.current ?? undefined, onChange: setView });
      if (isOver()) opened.leave();
      else {
        call.current = opened;
        setView(opened.view);
      }
    }
    enter().catch((error: unknown) => {
      letGo();
      setFailure(asFailure(error));
    });
    return () => {
      visit.abort();
      call.current?.leave();
      call.current = undefined;
      letGo();
    };
  }, [callId, frame]);
  return { view, failure, call };
}

/** What the server says about a call to those who enter it. */
async function entryTo(callId: string) {
  const params = { params: { path: { id: callId } } };
  const rejoin = () => answer(api.POST('/api/v1/calls/{id}/join', params));
  const end = () => answer(api.POST('/api/v1/calls/{id}/end', params));
  return { joined: await rejoin(), connection, rejoin, end };
}
