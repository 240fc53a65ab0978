import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '../../../domain/auth/actor.js';
import type { ClientSocket } from '../server/socket-state.js';

/** Who sent the event, as SocketGuard found out. A socket's events are handled one after the other. */
export const Caller = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Actor =>
    context.switchToWs().getClient<ClientSocket>().data.caller,
);
