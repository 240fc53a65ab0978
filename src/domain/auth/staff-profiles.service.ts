import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../platform/config/config.module.js';
import type { Config } from '../../platform/config/config.js';
import { Database } from '../../platform/database/database.service.js';
import type { User } from '../../platform/database/generated/client.js';
import { toStaffProfile, type StaffProfile } from './staff-user.dto.js';

/** What members of staff see of themselves. */
@Injectable()
export class StaffProfiles {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  of(user: User): StaffProfile {
    return toStaffProfile(user, this.config.totpRequiredRoles);
  }

  async byId(id: number): Promise<StaffProfile> {
    return this.of(await this.database.user.findUniqueOrThrow({ where: { id } }));
  }
}
