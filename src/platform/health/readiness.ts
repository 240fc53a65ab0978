import { Injectable } from '@nestjs/common';

/** Whether this process wants traffic: not before it listens, not once it drains. */
@Injectable()
export class Readiness {
  private state: 'starting' | 'listening' | 'draining' = 'starting';

  get wantsTraffic(): boolean {
    return this.state === 'listening';
  }

  listening(): void {
    this.state = 'listening';
  }

  /** From here on balancers should send requests elsewhere; those that still come are served. */
  drain(): void {
    this.state = 'draining';
  }
}
