import { Injectable } from '@nestjs/common';
import { showsSomething } from '../../../contract/text.js';
import { Database } from '../../../platform/database/database.service.js';
import type { StaffActor } from '../../auth/actor.js';
import { TicketAccess } from '../../tickets/ticket-access.service.js';
import type { DraftsResponse, SaveDraftDto } from './drafts.dto.js';

/** What each member of staff has written on a ticket and not sent yet, on all their devices. Nobody else reads it. */
@Injectable()
export class Drafts {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
  ) {}

  /** Throws ticketNotFound. */
  async read(actor: StaffActor, ticketId: string): Promise<DraftsResponse> {
    await this.access.read(actor, ticketId, 'work');
    return this.find(actor, ticketId);
  }

  /** Keeps the text as it is now; the last one that is saved stays. Throws ticketNotFound. */
  async save(actor: StaffActor, ticketId: string, { kind, content }: SaveDraftDto): Promise<DraftsResponse> {
    await this.access.read(actor, ticketId, 'work');
    const place = { ticketId, userId: actor.id, kind };
    if (!showsSomething(content)) await this.database.draft.deleteMany({ where: place });
    else
      await this.database.draft.upsert({
        where: { ticketId_userId_kind: place },
        create: { ...place, content },
        update: { content },
      });
    return this.find(actor, ticketId);
  }

  private async find(actor: StaffActor, ticketId: string): Promise<DraftsResponse> {
    const rows = await this.database.draft.findMany({ where: { ticketId, userId: actor.id } });
    const contentOf = (kind: string) => rows.find((row) => row.kind === kind)?.content ?? null;
    return { reply: contentOf('reply'), note: contentOf('note') };
  }
}
