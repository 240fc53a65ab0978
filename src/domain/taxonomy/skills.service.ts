import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { notFound } from '../../platform/http/errors/domain-error.js';
import type { StaffActor } from '../auth/actor.js';
import { changedColumns, recordColumns, remove, TaxonomyChangesService } from './taxonomy-changes.service.js';
import type { SkillResponse, RemovedResponse } from './taxonomy-shapes.js';
import type { CreateSkillDto, TaxonomyQueryDto, UpdateSkillDto } from './taxonomy.dto.js';
import { listFull } from './taxonomy.errors.js';
import { isSkillInUse } from './taxonomy.queries.js';

const MOST = 1_000;
const COLUMNS = { id: true, name: true, description: true, archivedAt: true } as const;

@Injectable()
export class SkillsService {
  constructor(
    private readonly database: Database,
    private readonly changes: TaxonomyChangesService,
  ) {}

  /** All of them that are offered; with `archived`, the others too. */
  list({ archived }: TaxonomyQueryDto): Promise<SkillResponse[]> {
    return this.database.skill.findMany({
      where: archived === 'true' ? {} : { archivedAt: null },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      select: COLUMNS,
    });
  }

  /** Throws 409 when the name is taken or the list is full. */
  create(actor: StaffActor, dto: CreateSkillDto): Promise<SkillResponse> {
    return this.changes.run(actor, 'skill', async (change) => {
      if ((await change.tx.skill.count()) >= MOST) throw listFull('skill', MOST);
      const created = await change.tx.skill.create({ data: dto, select: COLUMNS });
      await change.record('created', dto.name);
      return created;
    });
  }

  /** Throws 404. */
  update(actor: StaffActor, id: number, dto: UpdateSkillDto): Promise<SkillResponse> {
    return this.changes.run(actor, 'skill', async (change) => {
      const skill = await change.tx.skill.findUnique({ where: { id }, select: COLUMNS });
      if (skill === null) throw notFound('Skill');
      const columns = changedColumns(skill, dto);
      await recordColumns(change, skill.name, columns);
      return change.tx.skill.update({ where: { id }, data: columns, select: COLUMNS });
    });
  }

  /** Deletes it, or archives it where it is in use. */
  remove(actor: StaffActor, id: number): Promise<RemovedResponse> {
    return this.changes.run(actor, 'skill', async (change) => {
      const skill = await change.tx.skill.findUnique({ where: { id }, select: COLUMNS });
      if (skill === null) throw notFound('Skill');
      return remove(change, {
        name: skill.name,
        isInUse: await isSkillInUse(change.tx, skill.name),
        archive: () =>
          change.tx.skill.update({ where: { id }, data: { archivedAt: skill.archivedAt ?? new Date() } }),
        delete: () => change.tx.skill.delete({ where: { id } }),
      });
    });
  }
}
