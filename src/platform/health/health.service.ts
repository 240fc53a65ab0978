import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../database/database.service.js';
import type { AdvancedHealthResponse, HealthResponse, HealthPartResponse } from './health.dto.js';
import { HealthProbes } from './probes/health-probes.js';
import { Readiness } from './readiness.js';
import { Metrics } from '../metrics/metrics.js';
import { inTime } from '../outbound/in-time.js';
import { PRODUCT_VERSION } from './product-version.js';

const PATIENCE_MS = 2_000;
/** Anybody may ask, so an answer holds for a moment: a flood of questions is one query a second. */
const FRESH_MS = 1_000;

/** What the health routes tell. */
@Injectable()
export class HealthService implements OnModuleInit {
  private checkedAt = -Infinity;
  private lastCheck: Promise<boolean> = Promise.resolve(false);

  constructor(
    private readonly database: Database,
    private readonly readiness: Readiness,
    private readonly probes: HealthProbes,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.probes.register({
      name: 'database',
      check: async () => ({ status: (await this.databaseAnswers()) ? 'up' : 'down' }),
    });
    this.metrics.add({
      name: 'concierge_database_connections',
      help: 'Connections of the pool by state, and callers that wait for one.',
      type: 'gauge',
      labels: ['state'],
      read: () => {
        const { totalCount, idleCount, waitingCount } = this.database.pool;
        // pg-pool queues each caller for a moment, also where a connection is idle: anyone who gets one of those does not wait.
        const waiting = Math.max(0, waitingCount - idleCount);
        const states = { busy: totalCount - idleCount, idle: idleCount, waiting };
        return Object.entries(states).map(([state, value]) => ({ labels: { state }, value }));
      },
    });
  }

  async overview(): Promise<HealthResponse> {
    const up = await this.databaseAnswers();
    return { status: up ? 'ok' : 'degraded', database: up ? 'up' : 'down', ...about() };
  }

  /**
   * Every part, with names of hosts when `isOperator`. The desk is down when its database is; whatever else is missing, it
   * works on.
   */
  async advanced(isOperator: boolean): Promise<AdvancedHealthResponse> {
    const reports = await this.probes.look();
    const parts: Record<string, HealthPartResponse> = {};
    for (const { name, detail, ...part } of reports)
      parts[name] = isOperator && detail !== undefined ? { ...part, note: detail } : part;
    const well = reports.every(({ status }) => status === 'up' || status === 'off');
    const status = parts['database']?.status === 'down' ? 'down' : well ? 'ok' : 'degraded';
    return { status, parts, ...about() };
  }

  async isReady(): Promise<boolean> {
    return this.readiness.wantsTraffic && (await this.databaseAnswers());
  }

  private databaseAnswers(): Promise<boolean> {
    if (performance.now() - this.checkedAt > FRESH_MS) {
      this.checkedAt = performance.now();
      this.lastCheck = this.queryDatabase();
    }
    return this.lastCheck;
  }

  private async queryDatabase(): Promise<boolean> {
    try {
      await inTime(PATIENCE_MS, async () => this.database.$queryRaw`SELECT 1`);
      return true;
    } catch {
      // Balancers ask for a yes or a no; why not, the log hears from those who use the database.
      return false;
    }
  }
}

function about(): { uptime: number; version: string; timestamp: string } {
  return {
    uptime: Math.round(process.uptime()),
    version: PRODUCT_VERSION,
    timestamp: new Date().toISOString(),
  };
}
