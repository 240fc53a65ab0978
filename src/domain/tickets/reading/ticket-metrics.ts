import { Injectable, type OnModuleInit } from '@nestjs/common';
import { TICKET_STATUSES } from '../../../contract/ticket-status.js';
import { Database } from '../../../platform/database/database.service.js';
import { Prisma } from '../../../platform/database/generated/client.js';
import { Metrics, type Reading } from '../../../platform/metrics/metrics.js';

/** Counting stops here, so that a scrape costs the same at a thousand tickets and at a million. */
const MOST = 10_000;

/** How many tickets there are, for operators. */
@Injectable()
export class TicketMetrics implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.metrics.add({
      name: 'concierge_tickets',
      help: `Tickets by status; ${MOST} means that many or more.`,
      type: 'gauge',
      labels: ['status'],
      deskWide: true,
      read: () => this.read(),
    });
  }

  private async read(): Promise<Reading[]> {
    const counts = TICKET_STATUSES.map(
      (status) => Prisma.sql`
        SELECT ${status}::text AS status, count(*)::int AS value
          FROM (SELECT 1 FROM tickets WHERE status = ${Prisma.raw(`'${status}'`)} LIMIT ${MOST}::int) AS counted`,
    );
    const rows = await this.database.query<{ status: string; value: number }>(
      Prisma.join(counts, ' UNION ALL '),
    );
    return rows.map(({ status, value }) => ({ labels: { status }, value }));
  }
}
