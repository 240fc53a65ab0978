import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { notFound } from '../../platform/http/errors/domain-error.js';
import type { StaffActor } from '../auth/actor.js';
import { changedColumns, recordColumns, remove, TaxonomyChangesService } from './taxonomy-changes.service.js';
import type { TagResponse, RemovedResponse } from './taxonomy-shapes.js';
import type { CreateTagDto, TagQueryDto, UpdateTagDto } from './taxonomy.dto.js';
import { listFull } from './taxonomy.errors.js';
import { findTags, isTagInUse } from './taxonomy.queries.js';

const MOST = 10_000;
const PAGE = 50;
const COLUMNS = { id: true, name: true, colour: true, description: true, archivedAt: true } as const;

@Injectable()
export class TagsService {
  constructor(
    private readonly database: Database,
    private readonly changes: TaxonomyChangesService,
  ) {}

  /** Tags whose name holds `q`, those that begin with it first. */
  list({ q = '', archived, limit }: TagQueryDto): Promise<TagResponse[]> {
    const most = limit === undefined ? PAGE : Number(limit);
    return findTags(this.database, { q, archived: archived === 'true', limit: most });
  }

  /** Throws 409 when the name is taken or the list is full. */
  create(actor: StaffActor, dto: CreateTagDto): Promise<TagResponse> {
    return this.changes.run(actor, 'tag', async (change) => {
      if ((await change.tx.tag.count()) >= MOST) throw listFull('tag', MOST);
      const data = { ...dto, managed: true };
      const created = await change.tx.tag.create({ data, select: COLUMNS });
      await change.record('created', dto.name);
      return created;
    });
  }

  /** Throws 404. */
  update(actor: StaffActor, id: number, dto: UpdateTagDto): Promise<TagResponse> {
    return this.changes.run(actor, 'tag', async (change) => {
      const tag = await change.tx.tag.findUnique({ where: { id }, select: COLUMNS });
      if (tag === null) throw notFound('Tag');
      const columns = changedColumns(tag, dto);
      await recordColumns(change, tag.name, columns);
      const updated = await change.tx.tag.update({
        where: { id },
        data: { ...columns, managed: true },
        select: COLUMNS,
      });
      return updated;
    });
  }

  /** Deletes it, or archives it where it is in use. */
  remove(actor: StaffActor, id: number): Promise<RemovedResponse> {
    return this.changes.run(actor, 'tag', async (change) => {
      const tag = await change.tx.tag.findUnique({ where: { id }, select: COLUMNS });
      if (tag === null) throw notFound('Tag');
      return remove(change, {
        name: tag.name,
        isInUse: await isTagInUse(change.tx, tag.name),
        archive: () =>
          change.tx.tag.update({ where: { id }, data: { archivedAt: tag.archivedAt ?? new Date() } }),
        delete: () => change.tx.tag.delete({ where: { id } }),
      });
    });
  }
}
