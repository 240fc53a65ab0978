import { Module } from '@nestjs/common';
import { AuditModule } from '../../domain/audit/audit.module.js';
import { AuthModule } from '../../domain/auth/auth.module.js';
import { CallsModule } from '../../domain/calls/calls.module.js';
import { MessagesModule } from '../../domain/messages/messages.module.js';
import { PresenceModule } from '../../domain/presence/presence.module.js';
import { TicketsModule } from '../../domain/tickets/tickets.module.js';
import { EventLogModule } from '../../domain/event-log/event-log.module.js';
import { Redis } from '../../platform/redis/redis.js';
import { AllowedOrigins } from '../../platform/http/security/allowed-origins.js';
import { Broadcaster } from './broadcast/broadcaster.js';
import { CallEvictions } from './presence/call-evictions.js';
import { CallMembers } from './presence/call-members.js';
import { CallGateway } from './gateways/call.gateway.js';
import { Cluster } from './server/cluster.js';
import { Following } from './rooms/following.js';
import { ConnectionGateway } from './gateways/connection.gateway.js';
import { FollowGateway } from './gateways/follow.gateway.js';
import { openCluster } from './server/open-cluster.js';
import { Presence } from './presence/presence.js';
import { RosterPresence } from './presence/presence-source.js';
import { RealtimeTiming } from './server/realtime-timing.js';
import { Revocations } from './gateways/revocations.js';
import { Roster } from './presence/roster.js';
import { SlowConsumers } from './server/slow-consumers.js';
import { createSocketServer } from './server/socket-server.factory.js';
import { SocketAdapter } from './server/socket.adapter.js';
import { SocketBounds } from './server/socket-bounds.js';
import { SocketAuth } from './gateways/socket-auth.js';
import { SocketEngine } from './server/socket-engine.js';
import { SocketMetrics } from './server/socket-metrics.js';
import { SOCKET_SERVER } from './server/socket-state.js';
import { TicketHeads } from './broadcast/ticket-heads.js';
import { TicketGateway } from './gateways/ticket.gateway.js';
import { Viewers } from './presence/viewers.js';

/** The live side: sockets that follow tickets, and who is there. It listens to the log and changes nothing by itself. */
@Module({
  imports: [
    AuditModule,
    AuthModule,
    CallsModule,
    MessagesModule,
    PresenceModule,
    TicketsModule,
    EventLogModule,
  ],
  providers: [
    RealtimeTiming,
    { provide: Cluster, useFactory: openCluster, inject: [Redis] },
    {
      provide: SOCKET_SERVER,
      useFactory: createSocketServer,
      inject: [AllowedOrigins, Cluster, RealtimeTiming, SocketBounds],
    },
    Broadcaster,
    CallGateway,
    CallEvictions,
    CallMembers,
    ConnectionGateway,
    Following,
    FollowGateway,
    Presence,
    Revocations,
    Roster,
    RosterPresence,
    SlowConsumers,
    SocketAdapter,
    SocketBounds,
    SocketEngine,
    SocketMetrics,
    SocketAuth,
    TicketGateway,
    TicketHeads,
    Viewers,
  ],
})
export class RealtimeModule {}
