import { Injectable, Logger } from '@nestjs/common';
import { cutText } from '../../contract/text.js';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { Principal } from '../../platform/http/principal.js';
import { AuditBudget } from './audit-budget.js';

/** One thing worth remembering: who did what to whom, from where. Never a password, a token or a message. */
export interface AuditRecord {
  /** `<area>.<what happened>`, e.g. `auth.login`. */
  action: `${string}.${string}`;
  actor: Pick<Principal, 'kind' | 'key'>;
  /** What it was done to, e.g. a user id or a route. */
  subject?: string;
  ip?: string | undefined;
  data?: Prisma.InputJsonObject;
}

/** What anybody can cause, signed in or not: so many entries a minute from one actor, and from all together. */
const MOST_BY_ONE = 10;
const MOST_BY_ALL = 120;

const SUBJECT_LENGTH = 255;
const IP_LENGTH = 64;

/** Writes the audit log (domain.md): logins, denied access, changes to users, roles and knowledge, exports, deletions. */
@Injectable()
export class AuditLog {
  private readonly logger = new Logger(AuditLog.name);
  private readonly budget = new AuditBudget(MOST_BY_ONE, MOST_BY_ALL);

  constructor(private readonly database: Database) {}

  /** Writes one entry, within `tx` when the entry must stand or fall with a change. */
  async record(record: AuditRecord, tx: Prisma.TransactionClient = this.database): Promise<void> {
    const { action, actor, subject, ip, data } = record;
    await tx.auditEntry.create({
      data: {
        action,
        actorType: actor.kind,
        actorId: identityOf(actor),
        subject: subject === undefined ? null : cutText(subject, SUBJECT_LENGTH),
        ip: ip === undefined ? null : cutText(ip, IP_LENGTH),
        data: data ?? {},
      },
    });
  }

  /**
   * For what outsiders can cause at will: a flood leaves some entries a minute and a count of the rest, so that it cannot
   * fill the disk. Never rejects, so it need not be waited for: a failure to write goes to the application log.
   */
  async recordBounded(record: AuditRecord): Promise<void> {
    const verdict = this.budget.ask(`${record.action} ${record.actor.key}`);
    if (!verdict.granted) return;
    const data = { ...record.data, ...(verdict.leftOut > 0 && { leftOut: verdict.leftOut }) };
    try {
      await this.record({ ...record, data });
    } catch (error) {
      this.logger.error({ msg: `audit entry ${record.action} not written`, err: error });
    }
  }

  /** Has this actor done this from this address within the last `days`? */
  async happened(record: Pick<AuditRecord, 'action' | 'actor' | 'ip'>, days: number): Promise<boolean> {
    const { action, actor, ip } = record;
    const found = await this.database.auditEntry.findFirst({
      where: {
        action,
        actorType: actor.kind,
        actorId: identityOf(actor),
        ip: ip ?? null,
        createdAt: { gt: new Date(Date.now() - days * 86_400_000) },
      },
      select: { id: true },
    });
    return found !== null;
  }
}

/** The key without its prefix; somebody who is only an address has no identity, and the address its own column. */
function identityOf(actor: AuditRecord['actor']): string | null {
  const isPerson = actor.kind === 'staff' || actor.kind === 'donor';
  return isPerson ? actor.key.slice(actor.key.indexOf(':') + 1) : null;
}
