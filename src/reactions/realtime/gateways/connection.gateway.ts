import { Logger } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  SubscribeMessage,
  WebSocketGateway,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
} from '@nestjs/websockets';
import type { ClientEvents } from '../../../contract/socket-events.js';
import { CallMembers } from '../presence/call-members.js';
import { Viewers } from '../presence/viewers.js';
import { handshakeRefusal } from '../server/socket-refusal.js';
import type { ClientSocket, SocketServer } from '../server/socket-state.js';
import { SocketAdapter } from '../server/socket.adapter.js';
import type { AnswerOf } from './ack.interceptor.js';
import { EventRules } from './event-rules.decorator.js';
import { SocketAuth } from './socket-auth.js';
import { UseSocketPipeline } from './socket-pipeline.decorator.js';
import { AuthorizeDto } from './ticket-socket.dto.js';

/** Who a socket is, from its handshake until it disconnects. */
@WebSocketGateway()
@UseSocketPipeline()
export class ConnectionGateway
  implements OnGatewayInit<SocketServer>, OnGatewayConnection<ClientSocket>, OnGatewayDisconnect<ClientSocket>
{
  private readonly logger = new Logger('Realtime');

  constructor(
    private readonly adapter: SocketAdapter,
    private readonly auth: SocketAuth,
    private readonly viewers: Viewers,
    private readonly calls: CallMembers,
  ) {}

  /** A bad token refuses the connection before the client is told that it is connected. */
  afterInit(server: SocketServer): void {
    server.use((socket, next) => {
      this.auth.authenticate(socket).then(
        () => next(),
        (error: unknown) => next(handshakeRefusal(error)),
      );
    });
  }

  handleConnection(socket: ClientSocket): void {
    this.inBackground(this.auth.admit(socket));
  }

  handleDisconnect(socket: ClientSocket): void {
    this.inBackground(this.viewers.left(socket));
    // Those of a process that stops come back to another, or to the next.
    this.inBackground(this.calls.left(socket, { returns: this.adapter.isStopping }));
  }

  @SubscribeMessage<keyof ClientEvents>('authorize')
  @EventRules({ limit: 'none', access: 'anybody' })
  async authorize(
    @ConnectedSocket() socket: ClientSocket,
    @MessageBody() { token }: AuthorizeDto,
  ): Promise<AnswerOf<'authorize'>> {
    const before = socket.data.actor.key;
    const actor = await this.auth.authorize(socket, token);
    if (actor.key !== before) await this.viewers.left(socket);
    return { actor: actor.kind };
  }

  private inBackground(work: Promise<void>): void {
    work.catch((error: unknown) => this.logger.error({ msg: 'A connection was not handled', err: error }));
  }
}
