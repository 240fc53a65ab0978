import type { Priority } from '../../../contract/ticket-fields.js';
import { Injectable } from '@nestjs/common';
import { PUBLIC_TICKET_FIELDS } from '../../../contract/events/public-data.js';
import type { TicketStatus } from '../../../contract/ticket-status.js';
import { invalidField } from '../../../platform/http/errors/domain-error.js';
import type { StaffActor } from '../../auth/actor.js';
import { mailboxOf } from '../../auth/owner-key.js';
import type { TicketRow } from '../../event-log/rows.js';
import { proofFacts } from '../donor-proof.js';
import { forgetTags, rememberTags } from '../../taxonomy/taxonomy.queries.js';
import { TicketAssignmentService } from './ticket-assignment.service.js';
import { TicketChanges, type TicketChange } from '../ticket-change.js';
import { TicketHooks } from '../ticket-hooks.js';
import { TicketOwners } from '../ticket-owners.service.js';
import { TicketStatusService } from '../ticket-status.service.js';
import { ticketStale } from '../ticket.errors.js';
import type { UpdateTicketDto } from './ticket.dto.js';
import { ENDING_STATUSES } from '../ticket.transitions.js';

const PLAIN_FIELDS = [
  ...(['subject', 'description', 'category', 'team', 'tags', 'helpfulNotes'] as const),
  ...(['donorName', 'donorEmail', 'context'] as const),
];

/** Changes several fields at once, each under the rule of its own verb. */
@Injectable()
export class TicketUpdateService {
  constructor(
    private readonly changes: TicketChanges,
    private readonly status: TicketStatusService,
    private readonly assignment: TicketAssignmentService,
    private readonly owners: TicketOwners,
    private readonly hooks: TicketHooks,
  ) {}

  /** Throws ticketStale when `version` is not the ticket's, and what assign and the transitions throw. */
  update(actor: StaffActor, ticketId: string, dto: UpdateTicketDto): Promise<TicketRow> {
    return this.changes.run(actor, ticketId, 'work', async (change) => {
      if (dto.version !== undefined && dto.version !== change.ticket.version)
        throw ticketStale(change.ticket.version);
      const { tags: former } = change.ticket;
      this.setFields(change, dto);
      if (dto.tags !== undefined) await this.listTags(change, former, dto.tags);
      this.setPriority(change, dto.priority);
      if (dto.adminId === null) await this.assignment.release(change, actor);
      else if (dto.adminId !== undefined) await this.assignment.reassign(change, actor, dto.adminId);
      if (dto.status !== undefined) await this.setStatus(change, dto.status);
    });
  }

  /** Tags are listed while a ticket has them. */
  private async listTags({ tx, ticket }: TicketChange, former: string[], tags: string[]): Promise<void> {
    await rememberTags(tx, tags);
    await forgetTags(
      tx,
      former.filter((tag) => !tags.includes(tag)),
      ticket.id,
    );
  }

  private setFields(change: TicketChange, dto: UpdateTicketDto): void {
    const changes = changedFields(change.ticket, dto);
    if (Object.keys(changes).length === 0) return;
    const { donorEmail } = change.ticket;
    const isCorrected = namesAnother(change.ticket, changes);
    change.set({ ...changes, ...(isCorrected && { donorEmailCorrected: true }) });
    const isPublic = PUBLIC_TICKET_FIELDS.some((field) => field in changes);
    const isAboutDonor = 'donorName' in changes || 'donorEmail' in changes;
    const shown = isAboutDonor ? { ...changes, ...proofFacts(change.ticket) } : changes;
    const data = { changes: shown, ...(isCorrected && { from: { donorEmail } }) };
    change.record({ type: 'ticket.updated', public: isPublic, data });
  }

  private setPriority(change: TicketChange, priority: Priority | undefined): void {
    const from = change.ticket.priority;
    if (priority === undefined || priority === from) return;
    change.set({ priority });
    change.record({ type: 'ticket.priority_changed', public: false, data: { from, to: priority } });
  }

  private async setStatus(change: TicketChange, to: TicketStatus): Promise<void> {
    const from = change.ticket.status;
    if (from === to) return;
    if (to === 'transferred')
      throw invalidField(
        'status',
        'Use POST /tickets/:id/transfer: a transfer needs somebody to receive it.',
      );
    if (to === 'active_call' && change.ticket.activeCallId === null) {
      throw invalidField('status', 'Use POST /calls: a ticket is on a call while a call is open.');
    }
    if (to === 'new' && change.ticket.adminId !== null) {
      throw invalidField('status', 'Only a ticket that nobody owns is new.');
    }
    await this.hooks.statusChosen(change, to);
    // Anyone who takes the next step on an open ticket of somebody who has left takes it on.
    if (to === 'pending' && !ENDING_STATUSES.has(from) && (await this.owners.hasLeft(change)))
      await this.owners.release(change, 'owner_left');
    await this.status.move(change, to);
  }
}

type PlainFields = Pick<UpdateTicketDto, (typeof PLAIN_FIELDS)[number]>;

function changedFields(ticket: TicketRow, dto: UpdateTicketDto): PlainFields {
  const changes: PlainFields = {};
  const keep = <F extends keyof PlainFields>(field: F, value: PlainFields[F]): void => {
    if (value !== undefined && !same(value, ticket[field])) changes[field] = value;
  };
  for (const field of PLAIN_FIELDS) keep(field, dto[field]);
  return changes;
}

/** Another mailbox than the donor has named: who reads it has no part in what was written before. */
function namesAnother({ donorEmail }: TicketRow, changes: Pick<UpdateTicketDto, 'donorEmail'>): boolean {
  if (changes.donorEmail === undefined) return false;
  return mailboxOf(changes.donorEmail ?? '') !== mailboxOf(donorEmail ?? '');
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
