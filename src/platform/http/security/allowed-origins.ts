import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { publicOrigin } from '../../config/public-address.js';
import { DeskProfile } from '../../desk-profile/desk-profile.js';

/** The origins whose pages may call us with cookies: our own public address, those of CORS_ORIGINS and those of the desk's settings. */
@Injectable()
export class AllowedOrigins {
  private readonly configured: readonly string[];
  /** Outside production CORS_ORIGINS may be `*`: then every page may call, without cookies. */
  readonly everybody: boolean;

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'publicUrl' | 'corsOrigins'>,
    private readonly profile: DeskProfile,
  ) {
    this.configured = [publicOrigin(config), ...config.corsOrigins];
    this.everybody = config.corsOrigins.includes('*');
  }

  list(): string[] {
    return [...new Set([...this.configured, ...this.profile.current.widgetOrigins])];
  }

  /** Whether pages of an origin may read our answers; `origin` is the header as browsers send it. */
  has(origin: string): boolean {
    return this.everybody || this.list().includes(origin);
  }
}
