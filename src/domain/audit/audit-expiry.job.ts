import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { pruneAudit } from './audit.queries.js';

const DAILY = '41 3 * * *';
const DAY_MS = 86_400_000;
/** Few enough for one statement's time. */
const AT_ONCE = 5_000;

/** Forgets audit entries that are older than AUDIT_RETENTION_DAYS. */
@Injectable()
export class AuditExpiryJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule('audit.expire', DAILY, async () => {
      await this.deleteExpired();
    });
  }

  /** Returns how many it deleted. */
  async deleteExpired(now = Date.now()): Promise<number> {
    const before = new Date(now - this.config.auditRetentionDays * DAY_MS);
    for (let total = 0; ;) {
      const deleted = await pruneAudit(this.database, before, AT_ONCE);
      total += deleted;
      if (deleted < AT_ONCE) return total;
    }
  }
}
