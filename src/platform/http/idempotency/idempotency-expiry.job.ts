import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../jobs/jobs.service.js';
import { IdempotencyStore } from './idempotency-store.js';

const HOURLY = '17 * * * *';

/** Forgets Idempotency-Keys after a day. */
@Injectable()
export class IdempotencyExpiryJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly store: IdempotencyStore,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule('idempotency.expire', HOURLY, async () => {
      await this.store.expire();
    });
  }
}
