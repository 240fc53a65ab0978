import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { Periodic } from '../../platform/schedule/periodic.decorator.js';

/** How long other processes may take to know of the first browser. */
const LOOK_EVERY_MS = 3_000;

/** Whether any browser takes pushes, as this process knows it. A desk without one plans none, and its messages cost no job. */
@Injectable()
export class BrowserSubscribers {
  private known = true;
  private noted = 0;

  constructor(private readonly database: Database) {}

  get exist(): boolean {
    return this.known;
  }

  /** One has registered here. */
  noteOne(): void {
    this.known = true;
    this.noted += 1;
  }

  @Periodic(LOOK_EVERY_MS, 'browsers that take pushes for the first time are not noticed')
  async look(): Promise<void> {
    const { noted } = this;
    const found = (await this.database.webPushSubscription.findFirst({ select: { id: true } })) !== null;
    // One that has registered since may have come after the look.
    if (found || noted === this.noted) this.known = found;
  }
}
