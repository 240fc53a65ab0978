import { Global, Module } from '@nestjs/common';
import { IdempotencyExpiryJob } from './idempotency-expiry.job.js';
import { IdempotencyStore } from './idempotency-store.js';

@Global()
@Module({ providers: [IdempotencyStore, IdempotencyExpiryJob], exports: [IdempotencyStore] })
export class IdempotencyModule {}
