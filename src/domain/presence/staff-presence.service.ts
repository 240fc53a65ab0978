import { Injectable } from '@nestjs/common';
import type { Availability } from '../../contract/roles.js';
import { Database } from '../../platform/database/database.service.js';
import type { User } from '../../platform/database/generated/client.js';
import { TicketPresence } from './ticket-presence.js';

/** For this long everybody who asks gets the same answer, in ms. */
const KEPT_MS = 1_000;

/** How available staff are: what they chose while they have a dashboard open, offline otherwise. */
@Injectable()
export class StaffPresence {
  private held: { until: number; answer: Promise<boolean> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly presence: TicketPresence,
  ) {}

  /** Ids of staff with a dashboard open, for `availabilityOf`. */
  async online(): Promise<ReadonlySet<number>> {
    return new Set(await this.presence.staff());
  }

  /** Whether somebody is available who can take a call. Cheap, however many ask. */
  canTakeCall(): Promise<boolean> {
    const now = performance.now();
    if (this.held !== undefined && now < this.held.until) return this.held.answer;
    const answer = this.look();
    this.held = { until: now + KEPT_MS, answer };
    answer.catch(() => (this.held = undefined));
    return answer;
  }

  private async look(): Promise<boolean> {
    const ids = await this.presence.staff();
    if (ids.length === 0) return false;
    const where = { id: { in: [...ids] }, isActive: true, availability: 'online' };
    return (await this.database.user.findFirst({ where, select: { id: true } })) !== null;
  }
}

/** How available somebody is to others. */
export function availabilityOf(
  { id, isActive, availability }: Pick<User, 'id' | 'isActive' | 'availability'>,
  online: ReadonlySet<number>,
): Availability {
  return isActive && online.has(id) ? (availability as Availability) : 'offline';
}
