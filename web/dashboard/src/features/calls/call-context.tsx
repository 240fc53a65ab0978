import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { tabStorage } from '../../../../shared/safe-storage.js';
import { useMe } from '../../data/session/use-session.js';
import { KEPT_CALL, type OpenCall } from './open-call.js';

interface Calls {
  readonly current: OpenCall | undefined;
  readonly open: (call: OpenCall) => void;
  readonly close: () => void;
}

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
