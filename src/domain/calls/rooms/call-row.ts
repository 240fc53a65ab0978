import { oneOf } from '../../../contract/one-of.js';
import { SIDES, type Side } from '../../../contract/roles.js';
import {
  CALL_STATUSES,
  CALL_TYPES,
  type CallStatus,
  type CallType,
} from '../../../contract/ticket-fields.js';
import type { Call } from '../../../platform/database/generated/client.js';

/** A call row. The token in it is sealed. */
export type CallRow = Omit<Call, 'status' | 'callType' | 'initiatedBy'> & {
  status: CallStatus;
  callType: CallType;
  initiatedBy: Side;
};

/** The row with its words typed. The database checks them; throws on any other. */
export function callRow(call: Call): CallRow {
  return {
    ...call,
    status: oneOf(CALL_STATUSES, call.status),
    callType: oneOf(CALL_TYPES, call.callType),
    initiatedBy: oneOf(SIDES, call.initiatedBy),
  };
}

/** The same of a read that may find none. */
export function callRowOrNull(call: Call | null): CallRow | null {
  return call === null ? null : callRow(call);
}
