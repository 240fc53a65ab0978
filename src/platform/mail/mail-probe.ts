import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthProbes, type HealthProbe, type ProbeFinding } from '../health/probes/health-probes.js';
import { Mailer } from './mailer.js';

/** Anybody may ask for our health, and each look signs in to somebody's mail server. */
const REST_MS = 60_000;

/** Whether mail would go out now: connects and signs in, sends nothing. */
@Injectable()
export class MailProbe implements HealthProbe, OnModuleInit {
  readonly name = 'mail';
  readonly restMs = REST_MS;

  constructor(
    private readonly mailer: Mailer,
    private readonly probes: HealthProbes,
  ) {}

  onModuleInit(): void {
    this.probes.register(this);
  }

  async check(): Promise<ProbeFinding> {
    if (!this.mailer.isConfigured) return { status: 'off', note: 'No mail server is set up (SMTP_URL).' };
    await this.mailer.check();
    return { status: 'up' };
  }
}
