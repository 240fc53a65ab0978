import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { cutText } from '../../contract/text.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { erasedNames } from '../../platform/crypto/erased-names.js';
import type { OpaqueNames } from '../../platform/crypto/opaque-names.js';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { addressKey } from '../../platform/http/security/client-address.js';
import type { Principal } from '../../platform/http/security/principal.js';
import { Periodic } from '../../platform/schedule/periodic.decorator.js';
import { requestSource } from '../../platform/http/security/request-source.js';
import type { ChangeAction, RefusalAction } from './audit-actions.js';
import { RefusalBudget } from './refusal-budget.js';

type AuditActor = Pick<Principal, 'kind' | 'key'>;

interface Facts {
  /** What it was done to, e.g. a user id or a route. */
  subject?: string;
  /** Never a password, a token or a message. */
  data?: Prisma.InputJsonObject;
}

/** Something that was done, and by whom. From where is known (request-source.ts). */
export interface AuditRecord extends Facts {
  action: ChangeAction;
  actor: AuditActor;
}

/** Something that was refused; without an actor, to somebody who is only an address. */
export interface RefusalRecord extends Facts {
  action: RefusalAction;
  actor?: AuditActor;
}

interface RefusalClass {
  action: RefusalAction;
  kind: Principal['kind'];
  reason: string | undefined;
}

/** A minute's entries of one class of refusals. */
const BUDGET = { perCaller: 10, perClass: 30 };
const MINUTE_MS = 60_000;

const SUBJECT_LENGTH = 255;
const IP_LENGTH = 64;

/**
 * Writes the audit log: logins, refusals, changes of accounts and rights, deletions. Every entry says from which address and
 * by which way it came. Changes are always written; refusals within the budget of their class, with one line a minute for
 * the rest, so that a flood can neither fill the disk nor hide anything else.
 */
@Injectable()
export class AuditLog implements OnModuleDestroy {
  private readonly logger = new Logger(AuditLog.name);
  private readonly budget = new RefusalBudget<RefusalClass>(BUDGET);

  private readonly erased: OpaqueNames;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) config: Pick<Config, 'secrets'>,
  ) {
    this.erased = erasedNames(config);
  }

  async onModuleDestroy(): Promise<void> {
    await this.summarise();
  }

  /** Writes one entry, within `tx` when the entry must stand or fall with a change. */
  async record({ actor, ...rest }: AuditRecord, tx?: Prisma.TransactionClient): Promise<void> {
    await this.write({ ...rest, actorType: actor.kind, actorId: identityOf(actor) }, tx);
  }

  /**
   * Writes an entry for a refusal, or counts it for the minute's line of its class: an action, the kind of caller and the
   * reason given. Never rejects, so it need not be waited for: a failure to write goes to the application log.
   */
  async recordRefusal({ actor = visitor(), ...rest }: RefusalRecord): Promise<void> {
    const { action, data } = rest;
    const reason = typeof data?.['reason'] === 'string' ? data['reason'] : undefined;
    const name = [action, actor.kind, reason].join(' ');
    const from = { caller: actor.key, address: requestSource().ip ?? 'unknown' };
    if (!this.budget.takeEntry(name, { action, kind: actor.kind, reason }, from)) return;
    await this.writeQuietly({ ...rest, actorType: actor.kind, actorId: identityOf(actor) });
  }

  /** Writes one line for each class of which refusals were left out since the last call: every minute, and at the stop. */
  @Periodic(MINUTE_MS, 'refusals without entries of their own are not counted in the audit log')
  async summarise(): Promise<void> {
    for (const { refusalClass, more, addresses } of this.budget.drain()) {
      const { action, kind, reason } = refusalClass;
      const data = { ...(reason !== undefined && { reason }), more, addresses };
      await this.writeQuietly({ action, actorType: kind, actorId: null, data });
    }
  }

  /** Within `tx`, puts a name that nobody can turn back in the place of erased people who are the subjects of entries. */
  async eraseSubjects(
    action: ChangeAction,
    subjects: readonly string[],
    tx: Prisma.TransactionClient,
  ): Promise<void> {
    for (const subject of subjects)
      await tx.auditEntry.updateMany({
        where: { action, subject: cutText(subject, SUBJECT_LENGTH) },
        data: { subject: this.erased.nameFor(subject) },
      });
  }

  /** Whether this actor has done this from the caller's address within the last `days`. */
  async happenedFromHere(
    { action, actor }: Pick<AuditRecord, 'action' | 'actor'>,
    days: number,
  ): Promise<boolean> {
    const found = await this.database.auditEntry.findFirst({
      where: {
        action,
        actorType: actor.kind,
        actorId: identityOf(actor),
        ip: requestSource().ip,
        createdAt: { gt: new Date(Date.now() - days * 86_400_000) },
      },
      select: { id: true },
    });
    return found !== null;
  }

  /** The one place that writes the table, so that no entry is without its source. */
  private async write(
    { subject, data, ...entry }: Entry,
    tx: Prisma.TransactionClient = this.database,
  ): Promise<void> {
    const { ip, via } = requestSource();
    await tx.auditEntry.create({
      data: {
        ...entry,
        subject: subject === undefined ? null : cutText(subject, SUBJECT_LENGTH),
        ip: ip === null ? null : cutText(ip, IP_LENGTH),
        via,
        data: data ?? {},
      },
    });
  }

  private async writeQuietly(entry: Entry): Promise<void> {
    try {
      await this.write(entry);
    } catch (error) {
      this.logger.error({ msg: `audit entry ${entry.action} not written`, err: error });
    }
  }
}

interface Entry extends Facts {
  action: ChangeAction | RefusalAction;
  actorType: Principal['kind'];
  actorId: string | null;
}

/** The caller behind the address of the request that is served now. */
function visitor(): AuditActor {
  return { kind: 'link', key: addressKey(requestSource().ip ?? undefined) };
}

/** The key without its prefix; somebody who is only an address has no identity, and the address its own column. */
function identityOf(actor: AuditActor): string | null {
  const isPerson = actor.kind === 'staff' || actor.kind === 'donor';
  return isPerson ? actor.key.slice(actor.key.indexOf(':') + 1) : null;
}
