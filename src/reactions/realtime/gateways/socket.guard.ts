import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { staffOnly } from '../../../domain/auth/auth.errors.js';
import { Limits } from '../../../platform/http/throttling/limits.js';
import type { ClientSocket } from '../server/socket-state.js';
import { EVENT_RULES, type EventRules } from './event-rules.decorator.js';
import { SocketAuth } from './socket-auth.js';

/**
 * The guard of every event: finds out who sends it, by the same token readers as over HTTP, counts it against the caller's
 * limit, and refuses everybody whom the event's rules exclude. What concerns one ticket is decided by the services, for HTTP too.
 */
@Injectable()
export class SocketGuard implements CanActivate {
  constructor(
    private readonly auth: SocketAuth,
    private readonly limits: Limits,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<true> {
    const socket = context.switchToWs().getClient<ClientSocket>();
    const { limit, access } = this.rulesOf(context);
    const caller = access === 'anybody' ? socket.data.actor : await this.auth.actorOf(socket);
    if (limit !== 'none') await this.limits.spend(limit, caller);
    if (access === 'staff' && caller.kind !== 'staff') throw staffOnly(caller);
    socket.data.caller = caller;
    return true;
  }

  private rulesOf(context: ExecutionContext): EventRules {
    const handler = context.getHandler();
    const rules = this.reflector.get<EventRules | undefined>(EVENT_RULES, handler);
    if (rules === undefined) throw new Error(`${handler.name} lacks @EventRules.`);
    return rules;
  }
}
