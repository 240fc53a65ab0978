import type { CallType } from '../../../contract/ticket-fields.js';
import type { Call } from '../../../platform/database/generated/client.js';

/** A call row. The token in it is sealed. */
export type CallRow = Call;

/** A call whose room exists and whose row does not yet. */
export interface CallDraft {
  id: string;
  provider: string;
  roomName: string;
  dailyRoomUrl: string;
  callType: CallType;
  initiatedBy: 'donor' | 'admin';
  sealedUserToken: string;
  tokensExpireAt: Date;
  /** In the clear. */
  userToken: string;
}
