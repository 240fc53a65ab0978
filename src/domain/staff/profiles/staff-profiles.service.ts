import { Inject, Injectable } from '@nestjs/common';
import type { StaffRole } from '../../../contract/roles.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.service.js';
import type { User } from '../../../platform/database/generated/client.js';
import type { StaffActor } from '../../auth/actor.js';
import { firstStepOf, type FirstStep, type LoginStrength } from '../../auth/first-step.js';
import { StaffPresence } from '../../presence/staff-presence.service.js';
import { toStaffProfile, type StaffProfileResponse } from './staff-user.dto.js';

/** What members of staff see of themselves. */
@Injectable()
export class StaffProfiles {
  constructor(
    private readonly database: Database,
    private readonly presence: StaffPresence,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** `login`: the one that asks, which may have to do something before anything else. */
  profileOf(user: User, login: LoginStrength): Promise<StaffProfileResponse> {
    const strict = this.config.totpRequiredRoles;
    return this.profile(user, firstStepOf(login, user.role as StaffRole, strict));
  }

  /** Of somebody who asks about themselves. */
  ofActor(actor: StaffActor, user: User): Promise<StaffProfileResponse> {
    return this.profile(user, actor.mustFirst);
  }

  async byActor(actor: StaffActor): Promise<StaffProfileResponse> {
    return this.ofActor(actor, await this.database.user.findUniqueOrThrow({ where: { id: actor.id } }));
  }

  private async profile(user: User, mustFirst: FirstStep | undefined): Promise<StaffProfileResponse> {
    return toStaffProfile(user, await this.presence.online(), mustFirst);
  }
}
