import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import type { CallType } from '../../../../../src/contract/ticket-fields.js';
import type { CallSetup } from '../../../../shared/call/call-view.js';
import { tabStorage } from '../../../../shared/safe-storage.js';
import { useMe } from '../../data/session/use-session.js';

/** The one call this page takes part in. */
export interface OpenCall {
  /** Missing until the donor is called. */
  readonly callId?: string;
  readonly ticketId: string;
  readonly callType: CallType;
  /** With whom. */
  readonly name: string;
  /** One looks at oneself and chooses devices first. Nobody who has picked up is kept waiting by that. */
  readonly preview?: boolean;
  readonly setup?: CallSetup;
}

interface Calls {
  readonly current: OpenCall | undefined;
  readonly open: (call: OpenCall) => void;
  readonly close: () => void;
}

/** Under which name this tab keeps the call that a reload returns to. */
export const KEPT_CALL = 'concierge:call';

const CallContext = createContext<Calls | undefined>(undefined);

export function useCalls(): Calls {
  const calls = use(CallContext);
  if (calls === undefined) throw new Error('useCalls outside CallProvider');
  return calls;
}

/** Above the pages, so that a call goes on while they change. */
export function CallProvider({ children }: { children: ReactNode }) {
  const [current, open] = useState<OpenCall>();
  const { id } = useMe();
  useEffect(() => {
    if (tabStorage.getItem(KEPT_CALL) === null) return;
    import('./kept-call.js')
      .then(({ callToReturnTo }) => callToReturnTo(id))
      .then((kept) => open((now) => now ?? kept), reportError);
  }, [id]);
  return <CallContext value={{ current, open, close: () => open(undefined) }}>{children}</CallContext>;
}
