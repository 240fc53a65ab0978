/**
 * What happened to something other than a ticket and must have its consequences even if the process dies right after the commit.
 * It is written in the transaction of the change; OutboxRelay turns it into jobs. Tickets have their event log instead.
 */
export type StreamEvent =
  /** Some or all tokens of a member of staff ended; `streamId` is the id of the account. */
  | { streamType: 'staff'; streamId: string; type: 'staff.tokens_ended' }
  /** `streamId` is the id of the session. */
  | { streamType: 'donor_session'; streamId: string; type: 'donor_session.ended' };

export type StreamEventType = StreamEvent['type'];

export type StreamEventOf<T extends StreamEventType> = Extract<StreamEvent, { type: T }>;
