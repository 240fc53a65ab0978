import { Module } from '@nestjs/common';
import { DurableReactions } from './durable-reactions.js';
import { OutboxProbe } from './outbox-probe.js';
import { OutboxRelay } from './outbox-relay.js';
import { StreamReactions } from './stream-reactions.js';
import { TicketLog } from './ticket-log.js';
import { Timeline } from './timeline.service.js';

@Module({
  providers: [DurableReactions, OutboxProbe, OutboxRelay, StreamReactions, TicketLog, Timeline],
  exports: [DurableReactions, OutboxRelay, StreamReactions, TicketLog, Timeline],
})
export class EventLogModule {}
