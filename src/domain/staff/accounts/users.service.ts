import { Injectable } from '@nestjs/common';
import type { Availability } from '../../../contract/roles.js';
import { Database } from '../../../platform/database/database.service.js';
import { notFound } from '../../../platform/http/errors/domain-error.js';
import type { StaffActor } from '../../auth/actor.js';
import { availabilityOf, StaffPresence } from '../../presence/staff-presence.service.js';
import { StaffProfiles } from '../profiles/staff-profiles.service.js';
import {
  toStaffMember,
  type StaffMemberResponse,
  type StaffProfileResponse,
} from '../profiles/staff-user.dto.js';
import { toStaffRecord, type StaffRecordResponse } from './staff-record.dto.js';
import type { ListUsersDto } from './user.dto.js';
import { openTicketsOf } from './users.queries.js';

/** The staff, as colleagues see them. */
@Injectable()
export class UsersService {
  constructor(
    private readonly database: Database,
    private readonly presence: StaffPresence,
    private readonly profiles: StaffProfiles,
  ) {}

  /** All colleagues by name, for a super admin with everything about them; staff are few, so there are no pages. */
  async list(
    actor: StaffActor,
    { active, availability }: ListUsersDto,
  ): Promise<(StaffMemberResponse | StaffRecordResponse)[]> {
    const online = await this.presence.online();
    const all = await this.database.user.findMany({
      where: active === undefined ? {} : { isActive: active === 'true' },
      include: { skills: { orderBy: { skill: 'asc' } } },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    });
    const users = all.filter((user) => [availabilityOf(user, online), undefined].includes(availability));
    if (actor.role !== 'SUPER_ADMIN') return users.map((user) => toStaffMember(user, online));
    const open = await openTicketsOf(
      this.database,
      users.map(({ id }) => id),
    );
    return users.map((user) => toStaffRecord(user, online, open.get(user.id) ?? 0));
  }

  /** One colleague; 404 for nobody. */
  async get(actor: StaffActor, id: number): Promise<StaffMemberResponse | StaffRecordResponse> {
    if (actor.role === 'SUPER_ADMIN') return this.record(id);
    return toStaffMember(await this.find(id), await this.presence.online());
  }

  /** Everything a super admin sees of somebody; 404 for nobody. */
  async record(id: number): Promise<StaffRecordResponse> {
    const user = await this.find(id);
    const open = await openTicketsOf(this.database, [id]);
    return toStaffRecord(user, await this.presence.online(), open.get(id) ?? 0);
  }

  async setAvailability(actor: StaffActor, availability: Availability): Promise<StaffProfileResponse> {
    return this.profiles.ofActor(
      actor,
      await this.database.user.update({ where: { id: actor.id }, data: { availability } }),
    );
  }

  private async find(id: number) {
    const include = { skills: { orderBy: { skill: 'asc' } } } as const;
    const user = await this.database.user.findUnique({ where: { id }, include });
    if (user === null) throw notFound('Member of staff');
    return user;
  }
}
