import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { IGNORES_TOKEN, ROUTE_ACCESS, type RouteAccess } from '../../platform/http/route-access.js';
import { AuditLog } from '../audit/audit-log.js';
import { ActorResolver, linkActor } from './actor-resolver.js';
import type { Actor } from './actor.js';
import { donorOnly, staffOnly, superAdminOnly } from './auth.errors.js';

/**
 * The first guard of every HTTP request: finds out who asks, refuses bad tokens even where none is needed, and keeps
 * out whom the route's mark excludes. Sockets authorise themselves (reactions/realtime).
 */
@Injectable()
export class ActorGuard implements CanActivate {
  constructor(
    private readonly resolver: ActorResolver,
    private readonly reflector: Reflector,
    private readonly audit: AuditLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const marks = [context.getHandler(), context.getClass()];
    const ignoresToken = this.reflector.getAllAndOverride<boolean | undefined>(IGNORES_TOKEN, marks);
    const actor = ignoresToken ? linkActor(request) : await this.resolver.fromRequest(request);
    request.actor = actor;
    request.principal = actor;
    this.recordIfDenied(request, http.getResponse<Response>(), actor);
    admit(actor, this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, marks) ?? 'staff');
    return true;
  }

  /** Whoever says 403, a guard or a service: the audit log hears of it. */
  private recordIfDenied(request: Request, response: Response, actor: Actor): void {
    response.once('finish', () => {
      if (response.statusCode !== 403) return;
      const subject = `${request.method} ${request.originalUrl.replace(/\?.*$/s, '')}`;
      this.audit.recordLater({ action: 'access.denied', actor, subject, ip: request.ip });
    });
  }
}

/** Throws 401 when a token is missing or of the wrong kind, 403 when its bearer's role is too low. */
function admit(actor: Actor, access: RouteAccess): void {
  switch (access) {
    case 'public':
      return;
    case 'donor':
      if (actor.kind === 'link') throw donorOnly();
      return;
    case 'staff':
      if (actor.kind !== 'staff') throw staffOnly();
      return;
    case 'super':
      if (actor.kind !== 'staff') throw staffOnly();
      if (actor.role !== 'SUPER_ADMIN') throw superAdminOnly();
  }
}
