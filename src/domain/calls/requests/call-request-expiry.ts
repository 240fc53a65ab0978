import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.service.js';
import { SYSTEM } from '../../auth/actor.js';
import { CallRinging } from '../call-ringing.service.js';
import { TicketChanges, type TicketChange } from '../../tickets/ticket-change.js';
import { CallLeaving } from '../call-leaving.service.js';
import { Periodic } from '../../../platform/schedule/periodic.decorator.js';
import { abandonedCalls, unansweredCalls } from './call-requests.queries.js';

const EVERY_MS = 1_000;
const BATCH = 50;

/** A donor may wait in the room of a call that nobody answers for this long, in ms. */
const LONGEST_WAIT = 10 * 60 * 1_000;

/** Who has left a call may come back within this time, in ms: a page that is reloaded, a lost connection. */
const RETURN_WITHIN = 20_000;

/**
 * Turns requests that nobody answered in time into missed calls, and ends calls in which a donor has waited too long or that one
 * side has left. Looks at the tables, not at timers of this process, so a restart forgets none; the ticket's lock makes sure that
 * several nodes do each once.
 */
@Injectable()
export class CallRequestExpiry {
  constructor(
    private readonly database: Database,
    private readonly changes: TicketChanges,
    private readonly ringing: CallRinging,
    private readonly leaving: CallLeaving,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** What one look does not come to is still pending in the tables; the next finds it. */
  @Periodic(EVERY_MS, 'call requests wait to expire')
  async look(): Promise<void> {
    if (this.config.role === 'web') return;
    const now = this.clock.now().getTime();
    await this.expireRequests(new Date(now));
    const waitedSince = new Date(now - LONGEST_WAIT);
    for (const { id, ticketId } of await unansweredCalls(this.database, waitedSince, BATCH))
      await this.endUnanswered(id, ticketId);
    const before = new Date(now - RETURN_WITHIN);
    for (const { id, ticketId } of await abandonedCalls(this.database, before, BATCH))
      await this.endAbandoned(id, ticketId, before);
  }

  private async expireRequests(now: Date): Promise<void> {
    const overdue = await this.database.callRequest.findMany({
      where: { status: 'PENDING', expiresAt: { lte: now } },
      select: { id: true, ticketId: true },
      take: BATCH,
    });
    for (const { id, ticketId } of overdue)
      await this.changes.run(SYSTEM, ticketId, 'work', (change) => this.ringing.miss(change, id));
  }

  private endUnanswered(callId: string, ticketId: string): Promise<unknown> {
    return this.changes.run(SYSTEM, ticketId, 'work', async (change) => {
      if (change.ticket.activeCallId !== callId) return;
      // Staff who came while we waited for the lock are not turned away.
      if (await isAnswered(change, callId)) return;
      const ringing = await change.tx.callRequest.findFirst({ where: { callId, status: 'PENDING' } });
      if (ringing !== null) await this.ringing.miss(change, ringing.id);
      await this.leaving.leave(change, 'missed');
    });
  }

  private endAbandoned(callId: string, ticketId: string, before: Date): Promise<unknown> {
    return this.changes.run(SYSTEM, ticketId, 'work', async (change) => {
      if (change.ticket.activeCallId !== callId) return;
      // Who came back while we waited for the lock goes on.
      const left = { lte: before };
      const isLeft = await change.tx.call.count({
        where: { id: callId, OR: [{ donorLeftAt: left }, { staffLeftAt: left }] },
      });
      if (isLeft === 0) return;
      const missed = (await change.tx.callRequest.count({ where: { callId, status: 'EXPIRED' } })) > 0;
      await this.leaving.leave(change, missed && !(await isAnswered(change, callId)) ? 'missed' : 'left');
    });
  }
}

async function isAnswered({ tx }: TicketChange, callId: string): Promise<boolean> {
  return (await tx.callRequest.count({ where: { callId, status: 'ACCEPTED' } })) > 0;
}
