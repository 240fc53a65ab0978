import { Injectable } from '@nestjs/common';
import type { Availability } from '../../contract/roles.js';
import { Database } from '../../platform/database/database.service.js';
import type { StaffActor } from '../auth/actor.js';
import {
  toStaffMember,
  toStaffProfile,
  type StaffMember,
  type StaffProfile,
} from '../auth/staff-user.dto.js';
import type { ListUsersQuery } from './user.dto.js';

/** The staff. */
@Injectable()
export class UsersService {
  constructor(private readonly database: Database) {}

  /** All colleagues by name; staff are few, so there are no pages. */
  async list({ active, availability }: ListUsersQuery): Promise<StaffMember[]> {
    const users = await this.database.user.findMany({
      where: {
        ...(active !== undefined && { isActive: active === 'true' }),
        ...(availability !== undefined && { availability }),
      },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    });
    return users.map(toStaffMember);
  }

  async setAvailability(actor: StaffActor, availability: Availability): Promise<StaffProfile> {
    return toStaffProfile(
      await this.database.user.update({ where: { id: actor.id }, data: { availability } }),
    );
  }
}
