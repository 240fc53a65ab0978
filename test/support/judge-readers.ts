import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { TicketEventPayload } from '../../src/contract/events/event-payload.js';
import type { Desk } from './judge-writers.js';
import type { World } from './judge-operations.js';

export type Audience = 'staff' | 'donor';

const EVERY_MS = 100;
const FOLLOWED = 12;

/** What an event is, whichever way it came. */
function faceOf(event: TicketEventPayload): string {
  const id = 'id' in event ? event.id : undefined;
  const callId = 'callId' in event ? event.callId : undefined;
  return [event.type, id, callId].filter((part) => typeof part === 'string').join(' ');
}

/** The faces of each ticket's stream as the database has it, in order. */
export async function storedStreams(db: pg.Pool, audience: Audience): Promise<Map<string, string[]>> {
  const seq = audience === 'staff' ? 'seq' : 'public_seq';
  const { rows } = await db.query<{ ticket_id: string; faces: string[] }>(
    `SELECT ticket_id, array_agg(concat_ws(' ', type, message_id, call_id) ORDER BY ${seq}) AS faces
       FROM ticket_events WHERE ${seq} IS NOT NULL GROUP BY ticket_id`,
  );
  return new Map(rows.map((row) => [row.ticket_id, row.faces]));
}

/** One ticket as one reader has seen it so far: in order, without a gap, each event once. */
export class SeenStream {
  readonly faces: string[] = [];

  constructor(
    private readonly name: string,
    private readonly faults: string[],
  ) {}

  get last(): number {
    return this.faces.length;
  }

  add(events: readonly TicketEventPayload[]): void {
    for (const event of events) {
      if (event.seq === this.last + 1) this.faces.push(faceOf(event));
      else this.faults.push(`${this.name} got ${event.seq} after ${this.last}`);
    }
  }

  /** What differs from the database; a prefix is no difference while the reader is still on its way. */
  compare(stored: readonly string[], complete: boolean): void {
    const wrong = this.faces.findIndex((face, index) => face !== stored[index]);
    if (wrong >= 0) {
      this.faults.push(
        `${this.name} was shown "${this.faces[wrong]}" as ${wrong + 1}, the database has "${stored[wrong]}"`,
      );
    }
    if (complete && this.last < stored.length)
      this.faults.push(`${this.name} saw ${this.last} of ${stored.length} events`);
  }
}

/**
 * The database's side for a comparison. A request that was given up may still have been carried out after `faces` was read:
 * what has been shown beyond it is looked up again, and a phantom is what is still not there.
 */
export async function asOfNow(
  faces: readonly string[],
  seen: SeenStream,
  look: () => Promise<ReadonlyMap<string, readonly string[]>>,
  ticketId: string,
): Promise<readonly string[]> {
  while (seen.last > faces.length) {
    const fresh = (await look()).get(ticketId) ?? [];
    if (fresh.length <= faces.length) break;
    faces = fresh;
  }
  return faces;
}

/** Somebody who follows the newest tickets by catching up again and again. */
export class LogReader {
  readonly faults: string[] = [];
  private readonly streams = new Map<string, SeenStream>();
  private stopped = false;
  private readonly loop: Promise<void>;

  constructor(
    private readonly desk: Desk,
    private readonly world: World,
    private readonly audience: Audience,
    private readonly as: string,
  ) {
    this.loop = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.loop;
  }

  /** Stops, reads every ticket to its end and compares with the database. */
  async finish(db: pg.Pool): Promise<void> {
    await this.stop();
    const stored = await storedStreams(db, this.audience);
    for (const ticketId of this.world.tickets) {
      const faces = stored.get(ticketId) ?? [];
      const stream = this.streamOf(ticketId);
      while (stream.last < faces.length && (await this.catchUp(ticketId)) === 'more') continue;
      const look = () => storedStreams(db, this.audience);
      stream.compare(await asOfNow(faces, stream, look, ticketId), true);
    }
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      // The first that fails ends the turn: the product is unavailable, and starts sooner when left alone.
      for (const ticketId of this.world.tickets.slice(-FOLLOWED))
        if ((await this.catchUp(ticketId)) === 'away') break;
      await sleep(EVERY_MS);
    }
  }

  private async catchUp(ticketId: string): Promise<'more' | 'nothing' | 'away'> {
    const stream = this.streamOf(ticketId);
    const { url, sender } = this.desk;
    const path = `/api/v1/tickets/${ticketId}/events?after=${stream.last}`;
    const outcome = await sender.send(url, { method: 'GET', path, headers: this.desk.headersOf(this.as) });
    if (outcome.kind !== 'answered' || outcome.status === 503) return 'away';
    const { status, body } = outcome;
    if (status !== 200 || body.events === undefined || body.reset) {
      this.faults.push(
        `${this.audience} reader was answered ${status} ${JSON.stringify(body).slice(0, 300)}`,
      );
      return 'nothing';
    }
    stream.add(body.events);
    return body.events.length > 0 ? 'more' : 'nothing';
  }

  private streamOf(ticketId: string): SeenStream {
    const known = this.streams.get(ticketId);
    if (known) return known;
    const stream = new SeenStream(`${this.audience} reader of ${ticketId}`, this.faults);
    this.streams.set(ticketId, stream);
    return stream;
  }
}
