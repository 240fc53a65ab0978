import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HealthProbes, type HealthProbe, type ProbeFinding } from '../health/probes/health-probes.js';
import { Pusher } from './pusher.js';

/** Anybody may ask for our health, and each look signs in to Google. */
const REST_MS = 60_000;

/** Whether pushes would go out now: a dry run with Firebase, nothing is sent. */
@Injectable()
export class PushProbe implements HealthProbe, OnModuleInit {
  readonly name = 'push';
  readonly restMs = REST_MS;

  constructor(
    private readonly pusher: Pusher,
    private readonly probes: HealthProbes,
  ) {}

  onModuleInit(): void {
    this.probes.register(this);
  }

  async check(): Promise<ProbeFinding> {
    if (!this.pusher.isConfigured)
      return { status: 'off', note: 'No Firebase account is set up (FIREBASE_PROJECT_ID).' };
    await this.pusher.check();
    return { status: 'up' };
  }
}
