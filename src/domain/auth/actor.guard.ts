import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { DomainError } from '../../platform/http/errors/domain-error.js';
import { bindSource } from '../../platform/http/security/request-source.js';
import { IGNORES_TOKEN, ROUTE_ACCESS, type RouteAccess } from '../../platform/http/security/route-access.js';
import { routeOf } from '../../platform/logging/route-of.js';
import { LIMIT } from '../../platform/http/throttling/limit.decorator.js';
import { AuditLog } from '../audit/audit-log.js';
import { linkActor } from './actor-resolver.js';
import { OPEN_BEFORE } from './access.decorator.js';
import type { Actor } from './actor.js';
import {
  donorOnly,
  firstStepRequired,
  staffOnly,
  superAdminOnly,
  tokenInvalid,
  TokenRevoked,
} from './auth.errors.js';
import { BadTokens } from './bad-tokens.js';
import type { FirstStep } from './first-step.js';
import { OpaqueTokenStrategy } from './opaque-token.strategy.js';
import { SignedTokenStrategy } from './signed-token.strategy.js';

/**
 * The first guard of every HTTP request: finds out who asks, refuses bad tokens even where none is needed, and keeps
 * out whom the route's mark excludes. Sockets have a guard of their own (SocketGuard).
 */
@Injectable()
export class ActorGuard extends AuthGuard() {
  constructor(
    opaque: OpaqueTokenStrategy,
    signed: SignedTokenStrategy,
    private readonly reflector: Reflector,
    private readonly audit: AuditLog,
    private readonly badTokens: BadTokens,
  ) {
    super({ defaultStrategy: [opaque.name, signed.name], property: 'actor' });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const marks = [context.getHandler(), context.getClass()];
    const ignoresToken = this.reflector.getAllAndOverride<boolean | undefined>(IGNORES_TOKEN, marks);
    const actor = ignoresToken ? linkActor(request) : await this.actorOf(request, context);
    request.actor = actor;
    request.principal = actor;
    const isLogin = this.reflector.get<string | undefined>(LIMIT, context.getHandler()) === 'logins';
    this.recordIfRefused(request, http.getResponse<Response>(), actor, isLogin);
    admit(actor, this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, marks) ?? 'staff');
    if (actor.kind === 'staff' && actor.mustFirst !== undefined)
      this.mustBeOpenBefore(actor.mustFirst, context);
    return true;
  }

  /** Passport's verdict. `failures` are what each strategy says; those of libraries tell more than a stranger should hear. */
  override handleRequest<T>(error: unknown, actor: T | false, failures: unknown): T {
    if (error !== null && error !== undefined) throw error as Error;
    if (actor !== false) return actor;
    throw [failures].flat().find((failure) => failure instanceof DomainError) ?? tokenInvalid();
  }

  /** A token that was good once and comes back may be a stolen one: the audit log hears of it. */
  private async actorOf(request: Request, context: ExecutionContext): Promise<Actor> {
    if (request.headers.authorization === undefined) return linkActor(request);
    try {
      await this.badTokens.bound(
        () => linkActor(request),
        async () => super.canActivate(context),
      );
    } catch (error) {
      if (error instanceof TokenRevoked) {
        const subject = String(error.userId);
        const data = { route: routeAsked(request) };
        void this.audit.recordRefusal({ action: 'auth.token_refused', subject, data });
      }
      throw error;
    }
    if (request.actor === undefined) throw new Error('Passport let a request in without saying whose it is.');
    return request.actor;
  }

  /** Every 403, from a guard or a service, and sign-ins beyond the limit: the audit log hears of it, within bounds. */
  private recordIfRefused(request: Request, response: Response, actor: Actor, isLogin: boolean): void {
    const record = (): void => {
      if (response.statusCode === 403)
        void this.audit.recordRefusal({ action: 'access.denied', actor, subject: routeAsked(request) });
      if (isLogin && response.statusCode === 429)
        void this.audit.recordRefusal({ action: 'auth.login_limited', actor });
    };
    response.once('finish', bindSource(record));
  }

  private mustBeOpenBefore(step: FirstStep, context: ExecutionContext): void {
    const open = this.reflector.get<FirstStep[] | undefined>(OPEN_BEFORE, context.getHandler());
    if (!open?.includes(step)) throw firstStepRequired(step);
  }
}

function routeAsked(request: Request): string {
  return `${request.method} ${routeOf(request)}`;
}

/** Throws 401 when nobody is known, 403 when somebody is known who lacks the right. */
function admit(actor: Actor, access: RouteAccess): void {
  switch (access) {
    case 'public':
    case 'operator':
      return;
    case 'donor':
      if (actor.kind === 'link') throw donorOnly();
      return;
    case 'staff':
      if (actor.kind !== 'staff') throw staffOnly(actor);
      return;
    case 'super':
      if (actor.kind !== 'staff') throw staffOnly(actor);
      if (actor.role !== 'SUPER_ADMIN') throw superAdminOnly();
  }
}
