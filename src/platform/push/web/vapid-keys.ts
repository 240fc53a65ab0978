import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../config/config.module.js';
import type { Config } from '../../config/config.js';
import { SecretBox } from '../../crypto/secret-box.js';
import { Database } from '../../database/database.service.js';

export interface VapidKeyPair {
  /** Both base64url: 65 and 32 bytes. */
  publicKey: string;
  privateKey: string;
}

/**
 * The key pair by which push services know this desk (VAPID, RFC 8292). Browsers subscribe to it, so it is made once and kept: by the
 * first process that needs it, and all others take the same. The private key is sealed.
 */
@Injectable()
export class VapidKeys {
  private readonly box: SecretBox;
  #pair: Promise<VapidKeyPair> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) { secrets }: Pick<Config, 'secrets'>,
  ) {
    this.box = new SecretBox(secrets.encryption, 'web push');
  }

  /** Throws SealBroken where ENCRYPTION_KEY is not the one of the process that made them. */
  pair(): Promise<VapidKeyPair> {
    this.#pair ??= this.keptOrMade().catch((error: unknown) => {
      this.#pair = undefined;
      throw error;
    });
    return this.#pair;
  }

  private async keptOrMade(): Promise<VapidKeyPair> {
    const { publicKey, privateKey } = (await this.kept()) ?? (await this.make());
    return { publicKey, privateKey: this.box.open(privateKey) };
  }

  private kept(): Promise<VapidKeyPair | null> {
    return this.database.webPushKeys.findUnique({ where: { id: 1 } });
  }

  /** Of processes that make a pair at the same time, the first one's counts for all. */
  private async make(): Promise<VapidKeyPair> {
    const { default: webPush } = await import('web-push');
    const { publicKey, privateKey } = webPush.generateVAPIDKeys();
    const sealed = this.box.seal(privateKey);
    await this.database.webPushKeys.createMany({
      data: { publicKey, privateKey: sealed },
      skipDuplicates: true,
    });
    const kept = await this.kept();
    if (kept === null) throw new Error('The keys of web push are gone right after they were written.');
    return kept;
  }
}
