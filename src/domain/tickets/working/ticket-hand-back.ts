import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OPEN_STATUSES } from '../../../contract/ticket-status.js';
import { Database } from '../../../platform/database/database.service.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { SYSTEM } from '../../auth/actor.js';
import { STAFF_LEFT_JOB, type StaffLeft } from '../../staff/accounts/staff-left.js';
import { TicketAssignmentService } from './ticket-assignment.service.js';

const AT_ONCE = 100;

/** Gives open tickets of somebody whose account was closed back to the team, so that what donors write there is heard. */
@Injectable()
export class TicketHandBack implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly assignment: TicketAssignmentService,
  ) {}

  onModuleInit(): void {
    this.jobs.define<StaffLeft>(STAFF_LEFT_JOB, ({ userId }) => this.giveBack(userId));
  }

  /** Each ticket in a transaction of its own; a job that was cut off goes on where it stopped. */
  private async giveBack(userId: number): Promise<void> {
    let after = '';
    for (;;) {
      const tickets = await this.database.ticket.findMany({
        where: { adminId: userId, status: { in: [...OPEN_STATUSES] }, ...(after && { id: { gt: after } }) },
        orderBy: { id: 'asc' },
        select: { id: true },
        take: AT_ONCE,
      });
      for (const { id } of tickets) await this.assignment.handBack(SYSTEM, id, userId);
      const last = tickets.at(-1);
      if (last === undefined) return;
      after = last.id;
    }
  }
}
