import type { CallRow } from './call-row.js';
import type { DonorCallResponse, StaffCallResponse } from './call-shapes.js';

/** The donor's view of a call. */
export function toDonorCall(call: CallRow, userToken: string | null): DonorCallResponse {
  return {
    id: call.id,
    ticketId: call.ticketId,
    dailyRoomUrl: call.dailyRoomUrl,
    provider: call.provider,
    roomName: call.roomName,
    status: call.status,
    callType: call.callType,
    initiatedBy: call.initiatedBy,
    startedAt: call.startedAt.toISOString(),
    endedAt: call.endedAt?.toISOString() ?? null,
    endReason: call.endReason,
    createdAt: call.createdAt.toISOString(),
    updatedAt: call.updatedAt.toISOString(),
    userToken,
  };
}

/** Staff's view: both tokens, the second signed for the reader. */
export function toStaffCall(
  call: CallRow,
  { userToken, adminToken }: Pick<StaffCallResponse, 'userToken' | 'adminToken'>,
): StaffCallResponse {
  return { ...toDonorCall(call, userToken), adminToken };
}
