import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { originOf } from '../config/origins.js';
import { HealthProbes, type ProbeFinding } from '../health/probes/health-probes.js';
import { AllowedOrigins } from './security/allowed-origins.js';
import { isPrivate, peerAddress } from './security/client-address.js';

/** Anybody can make up headers: so many names are remembered, and with them so many lines logged. */
const MOST = 20;
const LONGEST_ORIGIN = 200;
/** How long a proxy counts as being there after its last request. */
const PRESENT_MS = 3_600_000;

/**
 * Notices what the settings about the outside lack: proxies that TRUSTED_PROXIES does not list, and pages whose origin
 * neither CORS_ORIGINS nor the desk's settings list. Each is logged once, and told by the health parts `proxy` and `origins`.
 */
@Injectable()
export class EdgeWatch implements OnModuleInit {
  private readonly logger = new Logger('Edge');
  /** When each unlisted address last forwarded a request. */
  private readonly proxies = new Map<string, number>();
  private readonly origins = new Set<string>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly probes: HealthProbes,
    private readonly allowed: AllowedOrigins,
  ) {}

  onModuleInit(): void {
    this.probes.register({ name: 'proxy', check: () => Promise.resolve(this.proxyFinding()) });
    this.probes.register({ name: 'origins', check: () => Promise.resolve(this.originFinding()) });
  }

  /** Looks at two headers of every request. */
  readonly middleware = (request: Request, _response: Response, next: NextFunction): void => {
    const { headers } = request;
    if (headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined) this.seeProxy(request);
    if (headers.origin !== undefined) this.seeOrigin(headers.origin, headers.host);
    next();
  };

  private seeProxy(request: Request): void {
    const peer = peerAddress(request);
    if (peer === undefined || this.isTrusted(request, peer)) return;
    const isNew = !this.proxies.has(peer);
    if (isNew && this.proxies.size >= MOST) return;
    this.proxies.set(peer, performance.now());
    if (isNew)
      this.logger.warn(
        `${peer} forwards requests, but TRUSTED_PROXIES does not list it: all its visitors count as one. ` +
          `If it is your proxy, set ${this.setting('TRUSTED_PROXIES', this.config.trustedProxies, peer)}`,
      );
  }

  private isTrusted(request: Request, peer: string): boolean {
    const trusts = request.app.get('trust proxy fn') as (address: string, hop: number) => boolean;
    return trusts(peer, 0);
  }

  private seeOrigin(header: string, host: string | undefined): void {
    if (header.length > LONGEST_ORIGIN || this.allowed.has(header)) return;
    const origin = header === 'null' ? header : originOf(header);
    // A page of ours, reached at another address than PUBLIC_URL.
    if (origin === undefined || origin.replace(/^\w+:\/\//, '') === host) return;
    if (this.origins.has(origin) || this.origins.size >= MOST) return;
    this.origins.add(origin);
    this.logger.warn(
      origin === 'null'
        ? 'A page without an origin uses the widget: one opened as a file, or in a sandbox. Browsers keep our answers from it.'
        : `A page at ${origin} uses the widget, but CORS_ORIGINS does not list it: browsers keep our answers from it. ` +
            `If it is yours, set ${this.setting('CORS_ORIGINS', this.config.corsOrigins, origin)}`,
    );
  }

  /** The line for .env, with what is set already. */
  private setting(name: string, known: string[], more: string): string {
    return `${name}=${[...known, more].join(',')}`;
  }

  /** Anyone who talks to us from the internet can pretend to be a proxy; from a private network, only the operator's can. */
  private proxyFinding(): ProbeFinding {
    const now = performance.now();
    const present = [...this.proxies].filter(([, at]) => now - at < PRESENT_MS).map(([peer]) => peer);
    if (present.length === 0) return { status: 'up', note: 'No unlisted proxy.' };
    return {
      status: present.some(isPrivate) ? 'degraded' : 'up',
      note: 'A proxy that TRUSTED_PROXIES does not list forwards requests; the log names it.',
      detail: `TRUSTED_PROXIES does not list ${present.join(', ')}, which forwards requests: all its visitors count as one.`,
    };
  }

  private originFinding(): ProbeFinding {
    // Some may be listed by now.
    const unlisted = [...this.origins].filter((origin) => !this.allowed.has(origin));
    if (unlisted.length === 0) return { status: 'up', note: 'No unlisted page.' };
    return {
      status: 'up',
      note: 'Pages that CORS_ORIGINS does not list use the widget; the log names them.',
      detail: `CORS_ORIGINS does not list ${unlisted.join(', ')}: the widget does not work on these pages.`,
    };
  }
}
