import { asFailure, fieldsOf } from '../../../../client/failure.js';
import { storedObject, tabStorage } from '../../../../shared/safe-storage.js';
import { answer, api } from '../../data/api.js';
import { KEPT_CALL, type OpenCall } from './open-call.js';

/** A call as this tab keeps it, so that a reload, or a way back to this page, returns to it. */
export interface KeptCall {
  readonly personId: number;
  readonly call: Pick<OpenCall, 'ticketId' | 'callType' | 'name'> & { readonly callId: string };
  readonly microphoneOff: boolean;
  readonly cameraOff: boolean;
  readonly since?: number;
}

/** How long the page before may take to let go of the call, in ms. */
const LETTING_GO = 2_000;

const lockOf = (callId: string): string => `${KEPT_CALL}:${callId}`;

export function keepCall(kept: KeptCall): void {
  tabStorage.setItem(KEPT_CALL, JSON.stringify(kept));
}

export function forgetCall(): void {
  tabStorage.removeItem(KEPT_CALL);
}

/** The call that this tab was in, as it was, if it is this person's, still open, and in no other tab: a copied tab keeps out of it. */
export async function callToReturnTo(personId: number): Promise<OpenCall | undefined> {
  const kept = keptCall();
  if (kept?.personId !== personId || !(await isOpen(kept.call.callId))) {
    forgetCall();
    return undefined;
  }
  const { call, microphoneOff, cameraOff, since } = kept;
  return { ...call, setup: { microphoneOff, cameraOff, since } };
}

/** What is stored may be of another version. */
function keptCall(): KeptCall | undefined {
  const { personId, call, microphoneOff, cameraOff, since } = storedObject(tabStorage.getItem(KEPT_CALL));
  const { callId, ticketId, callType, name } = fieldsOf(call);
  if (typeof personId !== 'number' || typeof callId !== 'string' || typeof ticketId !== 'string')
    return undefined;
  return {
    personId,
    call: { callId, ticketId, callType: callType === 'video' ? 'video' : 'audio', name: String(name) },
    microphoneOff: microphoneOff === true,
    cameraOff: cameraOff === true,
    ...(typeof since === 'number' && { since }),
  };
}

async function isOpen(callId: string): Promise<boolean> {
  if (hasLocks() && !(await isFree(callId))) return false;
  try {
    const { status } = await answer(api.GET('/api/v1/calls/{id}', { params: { path: { id: callId } } }));
    return status !== 'ended';
  } catch (error) {
    // Who cannot be asked now is asked again by entering, which says in words what is wrong.
    return asFailure(error).retryable;
  }
}

/** Pages that are not secure have none, and no calls either. */
function hasLocks(): boolean {
  return 'locks' in navigator;
}

async function isFree(callId: string): Promise<boolean> {
  const options = { signal: AbortSignal.timeout(LETTING_GO) };
  return navigator.locks.request(lockOf(callId), options, () => true).catch(() => false);
}

/** Tells other tabs that the call is here; answers how to let go of it. */
export function holdCall(callId: string): () => void {
  let letGo = (): void => undefined;
  const end = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  if (hasLocks()) void navigator.locks.request(lockOf(callId), () => end);
  return () => letGo();
}
