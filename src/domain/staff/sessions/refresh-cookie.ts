import { Inject, Injectable } from '@nestjs/common';
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { isSecure, publicPath } from '../../../platform/config/public-address.js';
import { REFRESH_TOKEN_LIFETIME } from './refresh-chain.js';

const NAME = 'concierge_refresh';
const PATH = '/api/v1/auth';

/**
 * The cookie that carries the refresh token. Over https it is a `__Host-` cookie, which must have the path `/`; where the desk
 * shares its host with other pages, below a path, it is a `__Secure-` cookie that is sent to the desk alone.
 */
@Injectable()
export class RefreshCookie {
  private readonly name: string;
  private readonly options: CookieOptions;

  constructor(@Inject(CONFIG) config: Config) {
    const secure = isSecure(config);
    const isAlone = secure && publicPath(config, '') === '';
    const prefix = isAlone ? '__Host-' : '__Secure-';
    this.name = secure ? prefix + NAME : NAME;
    const path = isAlone ? '/' : publicPath(config, PATH);
    this.options = { httpOnly: true, sameSite: 'strict', secure, path };
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
