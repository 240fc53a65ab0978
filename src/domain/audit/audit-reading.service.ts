import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { decodeCursor, isRowNumber } from '../../platform/http/pagination/cursor.js';
import { pageOf, type Page } from '../../platform/http/pagination/page.js';
import { pageSize, type PageSizes } from '../../platform/http/pagination/page-query.js';
import type { AuditEntryResponse, AuditPersonResponse, AuditQueryDto } from './audit-entry.dto.js';
import { readAudit, type AuditRow } from './audit.queries.js';

export const AUDIT_PAGE: PageSizes = { paged: 50, unpaged: 50 };

/** Reads the audit log, newest first. */
@Injectable()
export class AuditReading {
  constructor(private readonly database: Database) {}

  /** Throws 400 for a cursor that is not ours. */
  async page(query: AuditQueryDto): Promise<Page<AuditEntryResponse>> {
    const limit = pageSize(query, AUDIT_PAGE);
    const rows = await readAudit(this.database, {
      actor: query.actor,
      action: query.action,
      from: query.from === undefined ? undefined : new Date(query.from),
      to: query.to === undefined ? undefined : new Date(query.to),
      after: query.cursor === undefined ? undefined : decodeCursor(query.cursor, isRowNumber),
      limit: limit + 1,
    });
    const page = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
    return { ...page, items: page.items.map(toEntry) };
  }
}

function toEntry(row: AuditRow): AuditEntryResponse {
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

function personOf(id: number | null, name: string | null): AuditPersonResponse | null {
  return id === null || name === null ? null : { id, name };
}
