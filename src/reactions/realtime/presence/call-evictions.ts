import { Injectable } from '@nestjs/common';
import { staffBehind } from '../../../domain/call-rooms/staff-bearer.js';
import { CallBearers } from '../../../domain/calls/call-bearers.service.js';
import { CallMembers } from './call-members.js';
import type { ClientSocket } from '../server/socket-state.js';

/** Takes staff out of direct calls when their tokens have ended, also where a page holds nothing but a call token. */
@Injectable()
export class CallEvictions {
  constructor(
    private readonly bearers: CallBearers,
    private readonly members: CallMembers,
  ) {}

  /** The members of staff with whose call tokens a socket has entered calls. */
  staffIn({ data }: ClientSocket): number[] {
    return [...data.calls.values()].flatMap(({ sub }) => staffBehind(sub)?.id ?? []);
  }

  /** Looks again at the tokens that a socket has entered calls with. */
  async recheck(socket: ClientSocket): Promise<void> {
    for (const [callId, claims] of [...socket.data.calls])
      if (!(await this.bearers.isValid(claims))) await this.members.evict(socket, callId);
  }
}
