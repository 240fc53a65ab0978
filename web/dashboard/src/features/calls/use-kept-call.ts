import { useEffect } from 'react';
import type { CallView } from '../../../../shared/call/call.js';
import { useMe } from '../../data/session/use-session.js';
import type { OpenCall } from './open-call.js';
import { forgetCall, holdCall, keepCall } from './kept-call.js';

/** Lets a reload return to this call as it is, until it is over or closed. */
export function useKeptCall(
  { callId, ticketId, callType, name }: OpenCall & { readonly callId: string },
  view: CallView | undefined,
  isOver: boolean,
): void {
  const { id: personId } = useMe();
  useEffect(() => holdCall(callId), [callId]);
  const microphoneOff = view?.microphone.state === 'off';
  const cameraOff = view?.camera.state === 'off';
  const since = view?.since;
  const isReady = view !== undefined && view.phase !== 'starting';
  useEffect(() => {
    if (isOver || !isReady) return;
    const call = { callId, ticketId, callType, name };
    keepCall({ personId, call, microphoneOff, cameraOff, since });
  }, [isOver, isReady, personId, callId, ticketId, callType, name, microphoneOff, cameraOff, since]);
  // Leaving the page does not come here; the end of the call, another one and signing out do.
  useEffect(() => {
    if (isOver) forgetCall();
    return forgetCall;
  }, [isOver]);
}
