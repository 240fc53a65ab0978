import { Injectable, type OnModuleInit } from '@nestjs/common';
import { FileRemoval } from '../../platform/storage/file-removal.job.js';
import type { TicketDeletion } from '../tickets/ticket-deletion.js';
import { TicketHooks, type TicketHook } from '../tickets/ticket-hooks.js';

/** The files of a ticket go with it. */
@Injectable()
export class AttachmentHook implements TicketHook, OnModuleInit {
  constructor(
    private readonly hooks: TicketHooks,
    private readonly files: FileRemoval,
  ) {}

  onModuleInit(): void {
    this.hooks.register(this);
  }

  async erasing({ tx, ticket }: TicketDeletion): Promise<void> {
    const files = await tx.attachment.findMany({
      where: { ticketId: ticket.id },
      select: { storageKey: true },
    });
    await this.files.queue(
      files.map(({ storageKey }) => storageKey),
      tx,
    );
  }
}
