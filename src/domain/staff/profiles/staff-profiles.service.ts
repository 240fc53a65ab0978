import { Inject, Injectable } from '@nestjs/common';
import type { StaffRole } from '../../../contract/roles.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.service.js';
import type { User } from '../../../platform/database/generated/client.js';
import type { StaffActor } from '../../auth/actor.js';
import { firstStepOf, type LoginStrength } from '../../auth/first-step.js';
import { toStaffProfile, type StaffProfileResponse } from './staff-user.dto.js';

/** What members of staff see of themselves. */
@Injectable()
export class StaffProfiles {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `login`: the one that asks, which may have to do something before anything else. */
  profileOf(user: User, login: LoginStrength): StaffProfileResponse {
    const strict = this.config.totpRequiredRoles;
    return toStaffProfile(user, firstStepOf(login, user.role as StaffRole, strict));
  }

  /** Of somebody who asks about themselves. */
  ofActor(actor: StaffActor, user: User): StaffProfileResponse {
    return toStaffProfile(user, actor.mustFirst);
  }

  async byActor(actor: StaffActor): Promise<StaffProfileResponse> {
    return this.ofActor(actor, await this.database.user.findUniqueOrThrow({ where: { id: actor.id } }));
  }
}
