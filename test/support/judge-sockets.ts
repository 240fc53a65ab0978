import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { createConnection, type Connection } from '../../web/client/live/connection.js';
import type { TicketStream } from '../../web/client/live/ticket-stream.js';
import type { World } from './judge-operations.js';
import { asOfNow, SeenStream, storedStreams, type Audience } from './judge-readers.js';

const FOLLOWED = 12;
const LOOK_MS = 50;
/** How long a stream may take to arrive at the end once nobody writes; heads are told every 15 s. */
const GRACE_MS = 60_000;

interface Followed {
  stream: TicketStream;
  seen: SeenStream;
}

/** Somebody at a page: follows the newest tickets over a socket, with the product's own client. */
export class SocketReader {
  readonly faults: string[] = [];
  private readonly connection: Connection;
  private readonly followed = new Map<string, Followed>();
  private readonly tickets: number;
  private stopped = false;
  private readonly loop: Promise<void>;

  constructor(
    url: string,
    private readonly world: World,
    private readonly audience: Audience,
    {
      token,
      tickets = FOLLOWED,
    }: { token?: (() => string | undefined) | undefined; tickets?: number | undefined },
  ) {
    this.tickets = tickets;
    this.connection = createConnection({
      url,
      ...(token && { token }),
      socketOptions: { reconnectionDelay: 50, reconnectionDelayMax: 500 },
      timing: { retryMin: 50, retryMax: 1_000 },
      // Trouble is what these tests make; what counts is what arrives in the end.
      onProblem: () => undefined,
    });
    this.loop = this.follow();
  }

  /** How many tickets arrive live at this moment. */
  get live(): number {
    return [...this.followed.values()].filter(({ stream }) => stream.state === 'live').length;
  }

  /** Waits until every followed ticket has been shown to its end, and compares with the database. */
  async finish(db: pg.Pool): Promise<void> {
    this.stopped = true;
    await this.loop;
    const stored = await storedStreams(db, this.audience);
    const until = Date.now() + GRACE_MS;
    for (const [ticketId, { seen }] of this.followed) {
      const faces = stored.get(ticketId) ?? [];
      while (seen.last < faces.length && Date.now() < until) await sleep(20);
      const look = () => storedStreams(db, this.audience);
      seen.compare(await asOfNow(faces, seen, look, ticketId), true);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.loop;
    this.connection.close();
  }

  private async follow(): Promise<void> {
    while (!this.stopped) {
      for (const ticketId of this.world.tickets.slice(-this.tickets)) this.open(ticketId);
      this.leaveOldest();
      await sleep(LOOK_MS);
    }
  }

  private open(ticketId: string): void {
    if (this.followed.has(ticketId)) return;
    const name = `${this.audience} socket on ${ticketId}`;
    const seen = new SeenStream(name, this.faults);
    const stream = this.connection.ticket(ticketId, {
      lastSeq: 0,
      onEvents: (events) => seen.add(events),
      onReset: async (seq) => {
        this.faults.push(`${name} was told to start afresh at ${seq}`);
        return undefined;
      },
      onState: (state, reason) => {
        if (state === 'failed') this.faults.push(`${name} was given up: ${reason?.message}`);
      },
    });
    this.followed.set(ticketId, { stream, seen });
  }

  /** A page follows a few tickets, not all there ever were. */
  private leaveOldest(): void {
    for (const [ticketId, { stream }] of this.followed) {
      if (this.followed.size <= 2 * this.tickets) return;
      stream.close();
      this.followed.delete(ticketId);
    }
  }
}
