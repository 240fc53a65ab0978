import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { AuditLog } from '../audit/audit-log.js';
import type { StaffActor } from '../auth/actor.js';
import { ONLY } from './desk-settings-row.js';
import type { FirstStepsResponse, MarkedStep } from './first-steps.dto.js';

/** The accounts that a desk starts with (src/domain/staff/accounts/seed.ts). */
const FIRST_ACCOUNTS = ['superadmin', 'admin'];

/** What super admins of a new desk do first. Kept here and not in a browser: a step that one has taken is done for all. */
@Injectable()
export class FirstSteps {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  async read(): Promise<FirstStepsResponse> {
    const { firstSteps: done } = await this.database.deskSettings.findUniqueOrThrow({
      where: { id: ONLY },
      select: { firstSteps: true },
    });
    const isDone = (step: MarkedStep): boolean => done.includes(step);
    const steps = {
      demo: isDone('demo'),
      snippet: isDone('snippet'),
      colleagues: await this.areColleaguesThere(),
    };
    return { ...steps, isShown: !isDone('dismissed') && Object.values(steps).includes(false) };
  }

  /** Fine to repeat: what is done stays done. */
  async mark(actor: StaffActor, step: MarkedStep): Promise<FirstStepsResponse> {
    await this.database.$transaction(async (tx) => {
      const { count } = await tx.deskSettings.updateMany({
        where: { id: ONLY, NOT: { firstSteps: { has: step } } },
        data: { firstSteps: { push: step } },
      });
      const data = { fields: ['firstSteps'] };
      if (count > 0) await this.audit.record({ action: 'desk.updated', actor, data }, tx);
    });
    return this.read();
  }

  private async areColleaguesThere(): Promise<boolean> {
    const someone = await this.database.user.findFirst({
      where: { username: { notIn: FIRST_ACCOUNTS } },
      select: { id: true },
    });
    if (someone !== null) return true;
    return (await this.database.passwordLink.count({ where: { invitedById: { not: null } } })) > 0;
  }
}
