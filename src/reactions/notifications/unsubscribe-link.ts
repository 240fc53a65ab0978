import type { Locale } from '../../contract/locales.js';
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { publicUrl } from '../../platform/config/public-address.js';

const SIGNATURE_BYTES = 32;
const LONGEST = 600;

/** Links that stop mails to an address: signed, so that nobody can stop those of others. They never expire. */
@Injectable()
export class UnsubscribeLinks {
  readonly #key: Buffer;

  constructor(@Inject(CONFIG) private readonly config: Config) {
    this.#key = Buffer.from(hkdfSync('sha256', config.secrets.jwt, '', 'unsubscribe', SIGNATURE_BYTES));
  }

  link(address: string, locale: Locale): string {
    return publicUrl(this.config, `/api/v1/unsubscribe/${this.token(address)}?lang=${locale}`);
  }

  /** The address that a token stands for; undefined when we did not sign it. */
  addressOf(token: string): string | undefined {
    const [address = '', signature = ''] = token.length > LONGEST ? [] : token.split('.');
    const given = Buffer.from(signature, 'base64url');
    const text = Buffer.from(address, 'base64url').toString('utf8');
    const isOurs = given.length === SIGNATURE_BYTES && timingSafeEqual(given, this.sign(text));
    return isOurs && text !== '' ? text : undefined;
  }

  private token(address: string): string {
    return `${Buffer.from(address).toString('base64url')}.${this.sign(address).toString('base64url')}`;
  }

  private sign(address: string): Buffer {
    return createHmac('sha256', this.#key).update(address).digest();
  }
}
