import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';

const KEPT_DAYS = 90;
const BATCH = 5_000;

/** Forgets notifications that went out, or did not, a quarter of a year ago. */
@Injectable()
export class DeliveryExpiry implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule('notifications.expire', '37 3 * * *', () => this.expire());
  }

  async expire(): Promise<void> {
    let deleted: number;
    do {
      deleted = await this.database.$executeRaw`
        DELETE FROM deliveries WHERE id IN (
          SELECT id FROM deliveries
           WHERE created_at < now() - make_interval(days => ${KEPT_DAYS}::int) LIMIT ${BATCH}::int)`;
    } while (deleted === BATCH);
  }
}
