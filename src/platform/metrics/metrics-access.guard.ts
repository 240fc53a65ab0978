import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG } from '../config/config.module.js';
import type { Config } from '../config/config.js';
import { isFromThisMachine } from '../http/security/client-address.js';
import { forbidden, unauthorized } from '../http/errors/domain-error.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Lets in anyone who brings METRICS_TOKEN, and this machine itself, unless a proxy may stand in between. */
@Injectable()
export class MetricsAccessGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Throws 401 when a token would do, 403 when none is configured. */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (this.isFromHere(request) || this.bringsToken(request)) return true;
    throw this.config.metricsToken === undefined
      ? forbidden('Only this machine reads the metrics. Set METRICS_TOKEN to read them from elsewhere.')
      : unauthorized('Reading the metrics needs METRICS_TOKEN as a bearer token.');
  }

  private isFromHere(request: Request): boolean {
    return this.config.trustedProxies.length === 0 && isFromThisMachine(request);
  }

  private bringsToken({ headers }: Request): boolean {
    const { metricsToken } = this.config;
    const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (metricsToken === undefined || given === undefined) return false;
    return timingSafeEqual(digest(given), digest(metricsToken));
  }
}
