import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { HealthAnswer } from './health.dto.js';
import { Readiness } from './readiness.js';
import { PRODUCT_VERSION } from './product-version.js';

const PATIENCE_MS = 2_000;
/** Anybody may ask, so an answer holds for a moment: a flood of questions is one query a second. */
const FRESH_MS = 1_000;

/** What the health routes tell. */
@Injectable()
export class HealthService {
  private checkedAt = -Infinity;
  private lastCheck: Promise<boolean> = Promise.resolve(false);

  constructor(
    private readonly database: Database,
    private readonly readiness: Readiness,
  ) {}

  async overview(): Promise<HealthAnswer> {
    const up = await this.databaseAnswers();
    return {
      status: up ? 'ok' : 'degraded',
      database: up ? 'up' : 'down',
      uptime: Math.round(process.uptime()),
      version: PRODUCT_VERSION,
      timestamp: new Date().toISOString(),
    };
  }

  async isReady(): Promise<boolean> {
    return this.readiness.wantsTraffic && (await this.databaseAnswers());
  }

  private databaseAnswers(): Promise<boolean> {
    if (performance.now() - this.checkedAt > FRESH_MS) {
      this.checkedAt = performance.now();
      this.lastCheck = this.ask();
    }
    return this.lastCheck;
  }

  private async ask(): Promise<boolean> {
    const giveUp = new AbortController();
    const query = this.database.$queryRaw`SELECT 1`.then(
      () => true,
      () => false,
    );
    const timeout = sleep(PATIENCE_MS, false, { signal: giveUp.signal }).catch(() => false);
    const up = await Promise.race([query, timeout]);
    giveUp.abort();
    return up;
  }
}
