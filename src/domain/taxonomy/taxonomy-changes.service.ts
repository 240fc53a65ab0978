import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../platform/database/database.errors.js';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { AuditLog } from '../audit/audit-log.js';
import type { StaffActor } from '../auth/actor.js';
import { TaxonomyNamesService } from './taxonomy-names.service.js';
import type { RemovedResponse } from './taxonomy-shapes.js';
import { nameTaken, type TaxonomyKind } from './taxonomy.errors.js';

type Action = 'created' | 'updated' | 'archived' | 'restored' | 'deleted';

/** A change of one list that is under way. */
export interface TaxonomyChange {
  tx: Prisma.TransactionClient;
  /** Writes the audit entry that stands or falls with the change. */
  record(action: Action, name: string, data?: Prisma.InputJsonObject): Promise<void>;
}

interface Removal {
  name: string;
  isInUse: boolean;
  archive: () => Promise<unknown>;
  delete: () => Promise<unknown>;
}

/** Changes the lists that people manage: the row and its audit entry in one transaction, then this process forgets its copy. */
@Injectable()
export class TaxonomyChangesService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly names: TaxonomyNamesService,
  ) {}

  /** Throws 409 when the name is taken, and what `work` throws. */
  async run<T>(
    actor: StaffActor,
    kind: TaxonomyKind,
    work: (change: TaxonomyChange) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.database.$transaction((tx) =>
        work({
          tx,
          record: (action, name, data) =>
            this.audit.record(
              { action: `taxonomy.${action}`, actor, subject: `${kind}:${name}`, ...(data && { data }) },
              tx,
            ),
        }),
      );
    } catch (error) {
      if (isUniqueViolation(error)) throw nameTaken(kind);
      throw error;
    } finally {
      this.names.forget();
    }
  }
}

/** Deletes what nothing uses and archives the rest, and says which. */
export async function remove(change: TaxonomyChange, removal: Removal): Promise<RemovedResponse> {
  const outcome = removal.isInUse ? 'archived' : 'deleted';
  await (removal.isInUse ? removal.archive() : removal.delete());
  await change.record(outcome, removal.name);
  return { outcome };
}

/** The fields of a body that differ from the row, with `archived` as the column that holds it. */
export function changedColumns<Body extends { archived?: boolean }>(
  row: { archivedAt: Date | null } & Record<keyof Omit<Body, 'archived'>, unknown>,
  { archived, ...fields }: Body,
): Omit<Body, 'archived'> & { archivedAt?: Date | null } {
  const wanted = Object.entries(fields) as [keyof typeof fields, unknown][];
  const changed = wanted.filter(([key, value]) => value !== undefined && !isSame(value, row[key]));
  const isFlipped = archived !== undefined && archived !== (row.archivedAt !== null);
  return Object.assign(
    Object.fromEntries(changed) as typeof fields,
    isFlipped && { archivedAt: archived ? new Date() : null },
  );
}

/** Writes the audit entries of changed columns; nothing when nothing changed. */
export async function recordColumns(
  change: TaxonomyChange,
  name: string,
  columns: { archivedAt?: Date | null },
): Promise<void> {
  const { archivedAt, ...fields } = columns;
  const changed = Object.keys(fields);
  if (changed.length > 0) await change.record('updated', name, { fields: changed });
  if (archivedAt !== undefined) await change.record(archivedAt === null ? 'restored' : 'archived', name);
}

/** Values of a column; the order of the fields of an object does not count, since jsonb keeps none. */
function isSame(a: unknown, b: unknown): boolean {
  return sorted(a) === sorted(b);
}

function sorted(value: unknown): string {
  const isObject = typeof value === 'object' && value !== null;
  return JSON.stringify(isObject ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value);
}
