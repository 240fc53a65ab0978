import { oneOf } from '../../../contract/one-of.js';
import {
  CALL_REQUEST_STATUSES,
  CALL_TYPES,
  type CallRequestStatus,
  type CallType,
} from '../../../contract/ticket-fields.js';
import type { CallRequest } from '../../../platform/database/generated/client.js';

/** A row of call_requests. */
export type CallRequestRow = Omit<CallRequest, 'mode' | 'status'> & {
  mode: CallType;
  status: CallRequestStatus;
};

/** The row with its words typed. The database checks them; throws on any other. */
export function callRequestRow<Row extends CallRequest>(request: Row): Row & CallRequestRow {
  return {
    ...request,
    mode: oneOf(CALL_TYPES, request.mode),
    status: oneOf(CALL_REQUEST_STATUSES, request.status),
  };
}
