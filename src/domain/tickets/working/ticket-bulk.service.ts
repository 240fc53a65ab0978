import { Injectable } from '@nestjs/common';
import { LIMITS } from '../../../contract/ticket-fields.js';
import { DomainError } from '../../../platform/http/errors/domain-error.js';
import { toErrorBody } from '../../../platform/http/errors/error-body.js';
import type { StaffActor } from '../../auth/actor.js';
import type { BulkDto, BulkResultResponse } from './bulk.dto.js';
import { TicketAccess } from '../ticket-access.service.js';
import { TicketAssignmentService } from './ticket-assignment.service.js';
import { TicketDeletionService } from './ticket-deletion.service.js';
import { TicketLifecycleService } from './ticket-lifecycle.service.js';
import { NO_TICKET } from '../ticket.policy.js';
import { TicketUpdateService } from './ticket-update.service.js';

/** Many tickets at once: each succeeds or fails alone, and the answer says which. */
@Injectable()
export class TicketBulkService {
  constructor(
    private readonly assignment: TicketAssignmentService,
    private readonly lifecycle: TicketLifecycleService,
    private readonly updates: TicketUpdateService,
    private readonly deletion: TicketDeletionService,
    private readonly access: TicketAccess,
  ) {}

  async runBulk(actor: StaffActor, dto: BulkDto): Promise<BulkResultResponse[]> {
    // No ticket makes a difference to who may delete: one refusal for all of them.
    if (dto.action === 'delete') this.access.check(actor, 'delete', NO_TICKET);
    const results: BulkResultResponse[] = [];
    for (const id of dto.ids) {
      try {
        await this.one(actor, id, dto);
        results.push({ id, ok: true });
      } catch (error) {
        const { status, code, message } = toErrorBody(error);
        // A fault of ours belongs into the log; what was refused or is busy concerns this ticket alone.
        if (status === 500) throw error;
        results.push({ id, ok: false, error: code, message });
      }
    }
    return results;
  }

  private async one(actor: StaffActor, id: string, dto: BulkDto): Promise<unknown> {
    switch (dto.action) {
      case 'assign':
        return this.assignment.assign(actor, id, dto.adminId);
      case 'close':
        return this.lifecycle.close(actor, id);
      case 'resolve':
        return this.lifecycle.resolve(actor, id);
      case 'status':
        return this.updates.update(actor, id, { ...(dto.status && { status: dto.status }) });
      case 'priority':
        return this.updates.update(actor, id, { ...(dto.priority && { priority: dto.priority }) });
      case 'tag':
        return this.addTag(actor, id, dto.tag ?? '');
      case 'delete':
        return this.deletion.delete(actor, id);
    }
  }

  private async addTag(actor: StaffActor, id: string, tag: string): Promise<void> {
    const { tags, version } = await this.access.read(actor, id, 'work');
    if (tags.includes(tag)) return;
    if (tags.length >= LIMITS.tags)
      throw new DomainError({
        code: 'CONFLICT',
        status: 409,
        message: `A ticket has at most ${LIMITS.tags} tags.`,
      });
    await this.updates.update(actor, id, { tags: [...tags, tag], version });
  }
}
