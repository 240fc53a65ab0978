import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.service.js';
import { Jobs } from '../../../platform/jobs/jobs.service.js';
import { REFRESH_TOKEN_LIFETIME } from './refresh-chain.js';

const DAILY = '23 3 * * *';
const DAY_MS = 86_400_000;
/** A used token stays known for so long, so that its second use ends the login; later it is refused like an unknown one. */
const USED_DAYS = 7;

/** Forgets refresh tokens that have expired or were used long ago, and logins that have none left for as long as one lives. */
@Injectable()
export class RefreshTokenExpiryJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule('refresh-tokens.expire', DAILY, async () => {
      await this.deleteExpired();
    });
  }

  /** Returns how many tokens it deleted. */
  async deleteExpired(now = Date.now()): Promise<number> {
    const { count } = await this.database.refreshToken.deleteMany({
      where: {
        OR: [{ expiresAt: { lt: new Date(now) } }, { usedAt: { lt: new Date(now - USED_DAYS * DAY_MS) } }],
      },
    });
    const longAgo = new Date(now - REFRESH_TOKEN_LIFETIME * 1000);
    await this.database.staffLogin.deleteMany({
      where: { OR: [{ lastUsedAt: { lt: longAgo } }, { endedAt: { lt: longAgo } }] },
    });
    return count;
  }
}
