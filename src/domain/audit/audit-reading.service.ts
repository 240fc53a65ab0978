import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { invalidField } from '../../platform/http/errors/domain-error.js';
import type { AuditEntryShape, AuditPerson, AuditQuery } from './audit-entry.dto.js';
import { readAudit, type AuditCursor, type AuditRow } from './audit.queries.js';

const PAGE = 50;

/** A page of entries; `next` is the cursor of the one after it. */
export interface AuditPage {
  entries: AuditEntryShape[];
  next: string | undefined;
}

/** Reads the audit log, newest first. */
@Injectable()
export class AuditReading {
  constructor(private readonly database: Database) {}

  /** Throws 400 for a cursor that is not ours. */
  async page(query: AuditQuery): Promise<AuditPage> {
    const limit = query.limit === undefined ? PAGE : Number(query.limit);
    const rows = await readAudit(this.database, {
      actor: query.actor,
      action: query.action,
      from: query.from === undefined ? undefined : new Date(query.from),
      to: query.to === undefined ? undefined : new Date(query.to),
      after: query.cursor === undefined ? undefined : decodeCursor(query.cursor),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { entries: shown.map(toEntry), next: hasMore ? encodeCursor(last) : undefined };
  }
}

function toEntry(row: AuditRow): AuditEntryShape {
  const { id, action, actorType, subject, ip, via, data } = row;
  return {
    id,
    at: row.createdAt.toISOString(),
    action,
    actorType,
    actor: personOf(row.actorId, row.actorName),
    subject,
    person: personOf(row.personId, row.personName),
    ip,
    via,
    data,
  };
}

function personOf(id: number | null, name: string | null): AuditPerson | null {
  return id === null || name === null ? null : { id, name };
}

function encodeCursor({ createdAt, id }: AuditRow): string {
  return Buffer.from(`${createdAt.getTime()}.${id}`).toString('base64url');
}

function decodeCursor(cursor: string): AuditCursor {
  const [, time, id] =
    /^(\d{1,15})\.(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (time === undefined || id === undefined)
    throw invalidField('cursor', 'This cursor is not from a Link header. Start again without it.');
  return { at: new Date(Number(time)), id };
}
