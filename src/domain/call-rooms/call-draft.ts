import type { CallType } from '../../contract/ticket-fields.js';
import type { Call } from '../../platform/database/generated/client.js';

/** A call row. Tokens in it are sealed. */
export type CallRow = Call;

export interface CallTokensPlain {
  userToken: string | null;
  adminToken: string | null;
}

/** A call whose room exists and whose row does not yet. */
export interface CallDraft {
  id: string;
  provider: string;
  roomName: string;
  dailyRoomUrl: string;
  callType: CallType;
  initiatedBy: 'donor' | 'admin';
  sealedUserToken: string;
  sealedAdminToken: string;
  tokensExpireAt: Date;
  tokens: CallTokensPlain;
}
