import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SealBroken } from '../../crypto/secret-box.js';
import { HealthProbes, type HealthProbe, type ProbeFinding } from '../../health/probes/health-probes.js';
import { WebPusher } from './web-pusher.js';

/** Whether browsers of staff can be sent pushes. */
@Injectable()
export class WebPushProbe implements HealthProbe, OnModuleInit {
  readonly name = 'webPush';

  constructor(
    private readonly pusher: WebPusher,
    private readonly probes: HealthProbes,
  ) {}

  onModuleInit(): void {
    this.probes.register(this);
  }

  async check(): Promise<ProbeFinding> {
    if (!this.pusher.isConfigured) return { status: 'off', note: 'Switched off (WEB_PUSH).' };
    try {
      await this.pusher.publicKey();
      return { status: 'up', note: 'Browsers of staff take pushes.' };
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      return { status: 'down', note: 'Its keys were sealed under another ENCRYPTION_KEY.' };
    }
  }
}
