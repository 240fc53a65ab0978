import { Injectable } from '@nestjs/common';
import { TICKET_CATEGORIES } from '../../contract/ticket-fields.js';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import { notFound } from '../../platform/http/errors/domain-error.js';
import type { StaffActor } from '../auth/actor.js';
import { changedColumns, recordColumns, remove, TaxonomyChangesService } from './taxonomy-changes.service.js';
import { namesOf } from './taxonomy-names.service.js';
import { isBuiltIn, nextPosition } from './taxonomy-rows.js';
import type { CategoryResponse, RemovedResponse } from './taxonomy-shapes.js';
import type { CreateCategoryDto, TaxonomyQueryDto, UpdateCategoryDto } from './taxonomy.dto.js';
import { listFull } from './taxonomy.errors.js';
import { isCategoryInUse } from './taxonomy.queries.js';

const MOST = 100;
const COLUMNS = { id: true, slug: true, name: true, names: true, position: true, archivedAt: true } as const;

@Injectable()
export class CategoriesService {
  constructor(
    private readonly database: Database,
    private readonly changes: TaxonomyChangesService,
  ) {}

  /** All of them that are offered; with `archived`, the others too. */
  async list({ archived }: TaxonomyQueryDto): Promise<CategoryResponse[]> {
    const rows = await this.database.category.findMany({
      where: archived === 'true' ? {} : { archivedAt: null },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: COLUMNS,
    });
    return rows.map(toResponse);
  }

  /** Throws 409 when the name is taken or the list is full. */
  create(actor: StaffActor, dto: CreateCategoryDto): Promise<CategoryResponse> {
    return this.changes.run(actor, 'category', async (change) => {
      if ((await change.tx.category.count()) >= MOST) throw listFull('category', MOST);
      const data = {
        ...dto,
        slug: await freeSlug(change.tx, dto.name),
        position: dto.position ?? (await nextPosition(change.tx.category)),
      };
      const created = await change.tx.category.create({ data, select: COLUMNS });
      await change.record('created', dto.name);
      return toResponse(created);
    });
  }

  /** Throws 404. */
  update(actor: StaffActor, id: number, dto: UpdateCategoryDto): Promise<CategoryResponse> {
    return this.changes.run(actor, 'category', async (change) => {
      const category = await change.tx.category.findUnique({ where: { id }, select: COLUMNS });
      if (category === null) throw notFound('Category');
      const columns = changedColumns(category, dto);
      await recordColumns(change, category.name, columns);
      const updated = await change.tx.category.update({ where: { id }, data: columns, select: COLUMNS });
      return toResponse(updated);
    });
  }

  /** Deletes it, or archives it where it is in use or one of those that every desk has. */
  remove(actor: StaffActor, id: number): Promise<RemovedResponse> {
    return this.changes.run(actor, 'category', async (change) => {
      const category = await change.tx.category.findUnique({ where: { id }, select: COLUMNS });
      if (category === null) throw notFound('Category');
      return remove(change, {
        name: category.name,
        isInUse: isBuiltIn(TICKET_CATEGORIES, category.name) || (await isCategoryInUse(change.tx, category)),
        archive: () =>
          change.tx.category.update({
            where: { id },
            data: { archivedAt: category.archivedAt ?? new Date() },
          }),
        delete: () => change.tx.category.delete({ where: { id } }),
      });
    });
  }
}

const toResponse = <Row extends { names: unknown }>({ names, ...row }: Row) => ({
  ...row,
  names: namesOf(names),
});

const SLUG_LENGTH = 70;

/** The name in an address: letters and digits with hyphens, and a number where that is taken. */
async function freeSlug(tx: Prisma.TransactionClient, name: string): Promise<string> {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g) ?? ['category'];
  const slug = words.join('-').slice(0, SLUG_LENGTH);
  const rows = await tx.category.findMany({ where: { slug: { startsWith: slug } }, select: { slug: true } });
  const taken = new Set(rows.map((row) => row.slug));
  let free = slug;
  for (let number = 2; taken.has(free); number += 1) free = `${slug}-${number}`;
  return free;
}
