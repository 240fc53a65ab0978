import { Injectable } from '@nestjs/common';

/** What those who hold the live connections know about who is there, in all processes that can be heard. */
export interface PresenceSource {
  /** Ids of staff who are looking at the ticket right now. */
  viewers(ticketId: string): Promise<readonly number[]>;
  /** Ids of staff with the dashboard open. */
  staff(): Promise<readonly number[]>;
  /** Whether the donor has the ticket's conversation open. */
  donorIsHere(ticketId: string): Promise<boolean>;
}

const NOBODY: PresenceSource = {
  viewers: () => Promise.resolve([]),
  staff: () => Promise.resolve([]),
  donorIsHere: () => Promise.resolve(false),
};

/** Who is there right now. The module that serves the sockets fills it; without that nobody is, and everybody is notified. */
@Injectable()
export class TicketPresence implements PresenceSource {
  private source = NOBODY;

  fill(source: PresenceSource): void {
    this.source = source;
  }

  viewers(ticketId: string): Promise<readonly number[]> {
    return this.source.viewers(ticketId);
  }

  staff(): Promise<readonly number[]> {
    return this.source.staff();
  }

  donorIsHere(ticketId: string): Promise<boolean> {
    return this.source.donorIsHere(ticketId);
  }
}
