import type { CallType } from '../../../contract/ticket-fields.js';

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
