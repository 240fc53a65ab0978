import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.service.js';

export type CallSide = 'donor' | 'admin';

const COLUMNS = { donor: 'donorLeftAt', admin: 'staffLeftAt' } as const;

/** Whether each side of an open call is still there. A side that does not come back in time ends the call. */
@Injectable()
export class CallAttendance {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Somebody of this side is in the room, perhaps again after a reload. */
  async arrived(callId: string, side: CallSide): Promise<void> {
    const column = COLUMNS[side];
    await this.database.call.updateMany({
      where: { id: callId, [column]: { not: null } },
      data: { [column]: null },
    });
  }

  /** The last one of this side is gone from the room. */
  async left(callId: string, side: CallSide): Promise<void> {
    const column = COLUMNS[side];
    await this.database.call.updateMany({
      where: { id: callId, status: 'active', [column]: null },
      data: { [column]: this.clock.now() },
    });
  }
}
