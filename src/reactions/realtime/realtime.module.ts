import { Module } from '@nestjs/common';
import { AuditModule } from '../../domain/audit/audit.module.js';
import { AuthModule } from '../../domain/auth/auth.module.js';
import { CallsModule } from '../../domain/calls/calls.module.js';
import { MessagesModule } from '../../domain/messages/messages.module.js';
import { PresenceModule } from '../../domain/presence/presence.module.js';
import { TicketsModule } from '../../domain/tickets/tickets.module.js';
import { TimelineModule } from '../../domain/timeline/timeline.module.js';
import { HealthProbes } from '../../platform/health/health-probes.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Broadcaster } from './broadcaster.js';
import { CallEvictions } from './call-evictions.js';
import { CallMembers } from './call-members.js';
import { CallGateway } from './call.gateway.js';
import { Cluster } from './cluster.js';
import { Following } from './following.js';
import { FollowGateway } from './follow.gateway.js';
import { openCluster } from './open-cluster.js';
import { Presence } from './presence.js';
import { RosterPresence } from './presence-source.js';
import { RealtimeServer } from './realtime-server.js';
import { RealtimeTiming } from './realtime-timing.js';
import { Revocations } from './revocations.js';
import { Roster } from './roster.js';
import { SlowConsumers } from './slow-consumers.js';
import { createSocketServer } from './socket.adapter.js';
import { SocketBounds } from './socket-bounds.js';
import { SocketAuth } from './socket-auth.js';
import { SocketEngine } from './socket-engine.js';
import { SocketMetrics } from './socket-metrics.js';
import { SocketRouter } from './socket-router.js';
import { SOCKET_SERVER } from './socket-state.js';
import { TicketHeads } from './ticket-heads.js';
import { TicketGateway } from './ticket.gateway.js';
import { Viewers } from './viewers.js';

/** The live side: sockets that follow tickets, and who is there. It listens to the log and changes nothing by itself. */
@Module({
  imports: [
    AuditModule,
    AuthModule,
    CallsModule,
    MessagesModule,
    PresenceModule,
    TicketsModule,
    TimelineModule,
  ],
  providers: [
    RealtimeTiming,
    { provide: Cluster, useFactory: openCluster, inject: [CONFIG, HealthProbes] },
    {
      provide: SOCKET_SERVER,
      useFactory: createSocketServer,
      inject: [CONFIG, Cluster, RealtimeTiming, SocketBounds],
    },
    Broadcaster,
    CallGateway,
    CallEvictions,
    CallMembers,
    Following,
    FollowGateway,
    Presence,
    RealtimeServer,
    Revocations,
    Roster,
    RosterPresence,
    SlowConsumers,
    SocketBounds,
    SocketEngine,
    SocketMetrics,
    SocketAuth,
    SocketRouter,
    TicketGateway,
    TicketHeads,
    Viewers,
  ],
})
export class RealtimeModule {}
