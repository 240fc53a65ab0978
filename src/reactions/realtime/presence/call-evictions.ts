import { Injectable } from '@nestjs/common';
import type { IdentityRevoked } from '../../../domain/auth/auth.events.js';
import { bearerBehind } from '../../../domain/calls/rooms/call-bearer.js';
import { CallBearers } from '../../../domain/calls/call-bearers.service.js';
import { CallMembers } from './call-members.js';
import type { ClientSocket } from '../server/socket-state.js';

/** Takes people out of direct calls when their call tokens have ended, also where a page holds nothing but such a token. */
@Injectable()
export class CallEvictions {
  constructor(
    private readonly bearers: CallBearers,
    private readonly members: CallMembers,
  ) {}

  /** The people with whose call tokens a socket has entered calls. */
  peopleIn({ data }: ClientSocket): IdentityRevoked[] {
    return [...data.calls.values()].flatMap(({ sub, role }): IdentityRevoked[] => {
      const bearer = bearerBehind(sub);
      if (bearer === undefined || 'userId' in bearer !== (role === 'admin')) return [];
      return ['userId' in bearer ? { userId: bearer.userId } : { donorSessionId: bearer.donorSessionId }];
    });
  }

  /** Looks again at the tokens that a socket has entered calls with. */
  async recheck(socket: ClientSocket): Promise<void> {
    for (const [callId, claims] of [...socket.data.calls])
      if (!(await this.bearers.isValid(claims))) await this.members.evict(socket, callId);
  }
}
