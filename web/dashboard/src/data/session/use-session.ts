import { useSyncExternalStore } from 'react';
import { session, type SessionState, type StaffUser } from './session.js';

export function useSession(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}

/** For components that exist only behind the sign-in. */
export function useMe(): StaffUser {
  const state = useSession();
  if (state.phase !== 'signed-in') throw new Error('nobody is signed in');
  return state.user;
}
