import { createContext, use, useState, type ReactNode } from 'react';
import type { CallType } from '../../../../../src/contract/ticket-fields.js';
import { answer, api, type Call, type Ticket } from '../../data/api.js';
import { showFailure } from '../../ui/feedback.js';
import { donorOf } from '../../data/ticket-names.js';

/** The one call this page takes part in. */
export interface OpenCall {
  readonly callId: string;
  readonly ticketId: string;
  readonly callType: CallType;
  /** With whom. */
  readonly name: string;
}

interface Calls {
  readonly current: OpenCall | undefined;
  readonly isStarting: boolean;
  /** Calls the donor; a call that is open already is joined. */
  readonly start: (ticket: Ticket, callType: CallType) => Promise<void>;
  readonly join: (call: Pick<Call, 'id' | 'ticketId' | 'callType'>, name: string) => void;
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
  const [current, setCurrent] = useState<OpenCall>();
  const [isStarting, setStarting] = useState(false);

  const join: Calls['join'] = ({ id, ticketId, callType }, name) =>
    setCurrent({ callId: id, ticketId, callType, name });
  const start: Calls['start'] = async (ticket, callType) => {
    setStarting(true);
    try {
      const body = { ticketId: ticket.id, callType, initiatedBy: 'admin' } as const;
      join(await answer(api.POST('/api/v1/calls', { body })), donorOf(ticket));
    } catch (error) {
      showFailure(error);
    } finally {
      setStarting(false);
    }
  };
  return (
    <CallContext value={{ current, isStarting, start, join, close: () => setCurrent(undefined) }}>
      {children}
    </CallContext>
  );
}
