import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { originOf } from '../../../platform/config/origins.js';
import { publicOrigin } from '../../../platform/config/public-address.js';
import { foreignOrigin } from '../../auth/auth.errors.js';

/** For routes that a cookie alone opens: a browser must be on our own pages. Clients that send no Origin are no browsers. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  private readonly origin: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.origin = publicOrigin(config);
  }

  canActivate(context: ExecutionContext): boolean {
    const { origin, host } = context.switchToHttp().getRequest<Request>().headers;
    if (origin === undefined || originOf(origin) === this.origin) return true;
    // Reached under another name, such as 127.0.0.1 or an address in the office.
    if (URL.canParse(origin) && new URL(origin).host === host) return true;
    throw foreignOrigin();
  }
}
