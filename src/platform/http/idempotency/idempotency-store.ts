import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { SecretBox } from '../../crypto/secret-box.js';
import { Database } from '../../database/database.service.js';
import { Prisma } from '../../database/generated/client.js';

/** A claim without an answer is taken over after this long: its process died. */
const CLAIM_SECONDS = 5;
const KEPT_HOURS = 24;
const EXPIRY_BATCH = 5_000;
const ATTEMPTS = 3;
/** The status of a row whose answer was erased. */
const GONE = 410;

/** One use of a key: whose (`scope`), which (hashed), a hash of what was asked, and the ids that the request names. */
export interface KeyedRequest {
  scope: string;
  key: string;
  hash: Uint8Array<ArrayBuffer>;
  about: string[];
}

export interface StoredAnswer {
  status: number;
  /** JSON, or empty for an answer without a body. */
  body: string;
}

export type Claim =
  | { state: 'mine'; resourceId: string; retried: boolean }
  | { state: 'answered'; answer: StoredAnswer }
  | { state: 'mismatch' }
  /** What the first request made, or was about, has been deleted since. */
  | { state: 'gone' }
  | { state: 'in-flight' };

interface ClaimedRow {
  resource_id: string;
  fresh: boolean;
}

interface KnownRow {
  request_hash: Uint8Array;
  status_code: number | null;
  response: Uint8Array | null;
}

/** The table idempotency_keys: who claimed a key, under which id the entity is made, and what was answered (encrypted). */
@Injectable()
export class IdempotencyStore {
  private readonly box: SecretBox;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) config: Config,
  ) {
    this.box = new SecretBox(config.secrets.encryption, 'stored answers');
  }

  /** Takes the key for this request, or tells what became of it. */
  async claim(request: KeyedRequest): Promise<Claim> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const [row] = await this.insertOrTakeOver(request);
      if (row) return { state: 'mine', resourceId: row.resource_id, retried: !row.fresh };
      const [known] = await this.find(request);
      if (known) return this.stateOf(known, request);
      // Between the two statements the other request failed and gave its claim up: try again.
    }
    return { state: 'in-flight' };
  }

  private insertOrTakeOver({ scope, key, hash, about }: KeyedRequest): Promise<ClaimedRow[]> {
    return this.database.query(Prisma.sql`
      INSERT INTO idempotency_keys (scope, key, request_hash, resource_id, about)
      VALUES (${scope}, ${key}, ${hash}, ${randomUUID()}::uuid, ${about}::uuid[])
      ON CONFLICT (scope, key) DO UPDATE SET claimed_at = now()
        WHERE idempotency_keys.status_code IS NULL
          AND idempotency_keys.request_hash = EXCLUDED.request_hash
          AND idempotency_keys.claimed_at < now() - make_interval(secs => ${CLAIM_SECONDS})
      RETURNING resource_id::text, (xmax = 0) AS fresh`);
  }

  private find({ scope, key }: KeyedRequest): Promise<KnownRow[]> {
    return this.database.query(Prisma.sql`
      SELECT request_hash, status_code, response FROM idempotency_keys WHERE scope = ${scope} AND key = ${key}`);
  }

  private stateOf(known: KnownRow, { hash }: KeyedRequest): Claim {
    if (!Buffer.from(known.request_hash).equals(hash)) return { state: 'mismatch' };
    if (known.status_code === GONE) return { state: 'gone' };
    if (known.status_code === null || known.response === null) return { state: 'in-flight' };
    return {
      state: 'answered',
      answer: { status: known.status_code, body: this.box.openBytes(known.response) },
    };
  }

  async keep({ scope, key }: KeyedRequest, answer: StoredAnswer): Promise<void> {
    const sealed = this.box.sealBytes(answer.body);
    await this.database.query(Prisma.sql`
      UPDATE idempotency_keys SET status_code = ${answer.status}, response = ${sealed}
      WHERE scope = ${scope} AND key = ${key} AND status_code IS NULL`);
  }

  /** Within `tx`, erases every answer about this entity: a repeated request learns that it is gone, and makes no other. */
  async erase(id: string, tx: Prisma.TransactionClient): Promise<void> {
    await tx.$executeRaw`
      UPDATE idempotency_keys SET status_code = ${GONE}, response = NULL
      WHERE resource_id = ${id}::uuid OR ${id}::uuid = ANY(about)`;
  }

  /** The request was refused and changed nothing: the key is free again. */
  async forget({ scope, key }: KeyedRequest): Promise<void> {
    await this.database.$executeRaw`
      DELETE FROM idempotency_keys WHERE scope = ${scope} AND key = ${key} AND status_code IS NULL`;
  }

  /** The request failed and may have been committed: a retry may start at once, under the same resource id. */
  async release({ scope, key }: KeyedRequest): Promise<void> {
    await this.database.$executeRaw`
      UPDATE idempotency_keys SET claimed_at = 'epoch'
      WHERE scope = ${scope} AND key = ${key} AND status_code IS NULL`;
  }

  /** Deletes what is older than a day; returns how many. */
  async expire(): Promise<number> {
    let total = 0;
    for (let deleted = EXPIRY_BATCH; deleted === EXPIRY_BATCH; total += deleted) {
      deleted = await this.database.$executeRaw`
        DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM idempotency_keys
          WHERE created_at < now() - make_interval(hours => ${KEPT_HOURS}) LIMIT ${EXPIRY_BATCH}))`;
    }
    return total;
  }
}
