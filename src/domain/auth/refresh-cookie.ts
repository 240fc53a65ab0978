import { Inject, Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { REFRESH_TOKEN_LIFETIME } from './staff-sessions.js';

const NAME = 'concierge_refresh';
const PATH = '/api/v1/auth';

/** The cookie that carries the refresh token. Over https it is a `__Host-` cookie, which must have the path `/`. */
@Injectable()
export class RefreshCookie {
  private readonly name: string;
  private readonly options: CookieOptions;

  constructor(@Inject(CONFIG) config: Config) {
    const secure = config.publicUrl.startsWith('https://');
    this.name = secure ? `__Host-${NAME}` : NAME;
    this.options = { httpOnly: true, sameSite: 'strict', secure, path: secure ? '/' : PATH };
  }

  read(request: Request): string | undefined {
    return parseCookie(request.headers.cookie ?? '')[this.name];
  }

  write(response: Response, refreshToken: string): void {
    response.cookie(this.name, refreshToken, { ...this.options, maxAge: REFRESH_TOKEN_LIFETIME * 1000 });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options);
  }
}
