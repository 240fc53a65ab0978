import { Injectable } from '@nestjs/common';
import { DEFAULT_TEAM, TEAMS } from '../../contract/ticket-fields.js';
import { Database } from '../../platform/database/database.service.js';
import { notFound } from '../../platform/http/errors/domain-error.js';
import type { StaffActor } from '../auth/actor.js';
import { changedColumns, recordColumns, remove, TaxonomyChangesService } from './taxonomy-changes.service.js';
import { isBuiltIn, nextPosition } from './taxonomy-rows.js';
import type { TeamResponse, RemovedResponse } from './taxonomy-shapes.js';
import type { CreateTeamDto, TaxonomyQueryDto, UpdateTeamDto } from './taxonomy.dto.js';
import { listFull, teamRequired } from './taxonomy.errors.js';
import { isTeamInUse } from './taxonomy.queries.js';

const MOST = 50;
const COLUMNS = { id: true, key: true, name: true, position: true, archivedAt: true } as const;

@Injectable()
export class TeamsService {
  constructor(
    private readonly database: Database,
    private readonly changes: TaxonomyChangesService,
  ) {}

  /** All of them that are offered; with `archived`, the others too. */
  list({ archived }: TaxonomyQueryDto): Promise<TeamResponse[]> {
    return this.database.team.findMany({
      where: archived === 'true' ? {} : { archivedAt: null },
      orderBy: [{ position: 'asc' }, { id: 'asc' }],
      select: COLUMNS,
    });
  }

  /** Throws 409 when the name is taken or the list is full. */
  create(actor: StaffActor, dto: CreateTeamDto): Promise<TeamResponse> {
    return this.changes.run(actor, 'team', async (change) => {
      if ((await change.tx.team.count()) >= MOST) throw listFull('team', MOST);
      const data = { ...dto, position: dto.position ?? (await nextPosition(change.tx.team)) };
      const created = await change.tx.team.create({ data, select: COLUMNS });
      await change.record('created', dto.key);
      return created;
    });
  }

  /** Throws 404, teamRequired, or 409 when the name is taken. */
  update(actor: StaffActor, id: number, dto: UpdateTeamDto): Promise<TeamResponse> {
    return this.changes.run(actor, 'team', async (change) => {
      const team = await change.tx.team.findUnique({ where: { id }, select: COLUMNS });
      if (team === null) throw notFound('Team');
      if (dto.archived === true) mustNotBeDefault(team.key);
      const columns = changedColumns(team, dto);
      await recordColumns(change, team.key, columns);
      return change.tx.team.update({ where: { id }, data: columns, select: COLUMNS });
    });
  }

  /** Deletes it, or archives it where it is in use or one of those that every desk has. */
  remove(actor: StaffActor, id: number): Promise<RemovedResponse> {
    return this.changes.run(actor, 'team', async (change) => {
      const team = await change.tx.team.findUnique({ where: { id }, select: COLUMNS });
      if (team === null) throw notFound('Team');
      mustNotBeDefault(team.key);
      return remove(change, {
        name: team.key,
        isInUse: isBuiltIn(TEAMS, team.key) || (await isTeamInUse(change.tx, team.key)),
        archive: () =>
          change.tx.team.update({ where: { id }, data: { archivedAt: team.archivedAt ?? new Date() } }),
        delete: () => change.tx.team.delete({ where: { id } }),
      });
    });
  }
}

function mustNotBeDefault(key: string): void {
  if (key === DEFAULT_TEAM) throw teamRequired(key);
}
