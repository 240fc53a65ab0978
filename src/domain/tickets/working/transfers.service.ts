import { Injectable } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Database } from '../../../platform/database/database.service.js';
import type { StaffActor } from '../../auth/actor.js';
import type { TicketRow } from '../../event-log/rows.js';
import { TicketAccess } from '../ticket-access.service.js';

export class TransferPersonResponse {
  @ApiProperty() id!: number;
  @ApiProperty() username!: string;
  @ApiProperty() name!: string;
}

/** The transfers of a ticket. */
export class TransferResponse {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty({ type: Number, nullable: true }) fromAdminId!: number | null;
  @ApiProperty() toAdminId!: number;
  @ApiProperty({ type: String, nullable: true }) transferNotes!: string | null;
  @ApiProperty({ format: 'date-time' }) transferredAt!: string;
  @ApiProperty({ type: TransferPersonResponse, nullable: true }) fromAdmin!: TransferPersonResponse | null;
  @ApiProperty({ type: TransferPersonResponse }) toAdmin!: TransferPersonResponse;
}

const PERSON = { select: { id: true, username: true, name: true } } as const;

/** Who handed a ticket to whom, oldest first. */
@Injectable()
export class TransfersService {
  constructor(
    private readonly database: Database,
    private readonly access: TicketAccess,
  ) {}

  /** The ticket as it is now if this very transfer was made before, by a try whose answer was lost; else null. */
  async madeBefore(actor: StaffActor, ticketId: string, transferId: string): Promise<TicketRow | null> {
    const made = await this.database.ticketTransfer.findFirst({ where: { id: transferId, ticketId } });
    return made === null ? null : this.access.read(actor, ticketId, 'work');
  }

  async listOfTicket(actor: StaffActor, ticketId: string): Promise<TransferResponse[]> {
    await this.access.read(actor, ticketId, 'work');
    const transfers = await this.database.ticketTransfer.findMany({
      where: { ticketId },
      orderBy: [{ transferredAt: 'asc' }, { id: 'asc' }],
      include: { fromAdmin: PERSON, toAdmin: PERSON },
    });
    return transfers.map((transfer) => ({
      ...transfer,
      transferredAt: transfer.transferredAt.toISOString(),
    }));
  }
}
