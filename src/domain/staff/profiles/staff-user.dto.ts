import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '../../../contract/locales.js';
import { AVAILABILITIES, STAFF_ROLES, type Availability, type StaffRole } from '../../../contract/roles.js';
import type { User } from '../../../platform/database/generated/client.js';
import type { FirstStep } from '../../auth/first-step.js';
import { availabilityOf } from '../../presence/staff-presence.service.js';

/** What staff see of a colleague. */
export class StaffMemberResponse {
  @ApiProperty({ example: 7 })
  id!: number;

  @ApiProperty({ example: 'maria' })
  username!: string;

  @ApiProperty({ example: 'Maria Lopez' })
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Address of the picture.' })
  avatar!: string | null;

  @ApiProperty({ enum: STAFF_ROLES })
  role!: StaffRole;

  @ApiProperty({ example: 'GENERAL' })
  team!: string;

  @ApiProperty({ enum: AVAILABILITIES, description: 'Offline for everybody without an open dashboard.' })
  availability!: Availability;

  @ApiProperty()
  isActive!: boolean;
}

/** What somebody sees of themselves. */
export class StaffProfileResponse extends StaffMemberResponse {
  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ enum: AVAILABILITIES, description: 'What they chose; it holds while a dashboard is open.' })
  chosenAvailability!: Availability;

  @ApiProperty({
    enum: LOCALES,
    type: String,
    nullable: true,
    description: 'The language of the dashboard; null for that of the browser.',
  })
  locale!: Locale | null;

  @ApiProperty({ description: 'A second factor is on.' })
  totpEnabled!: boolean;

  @ApiProperty({
    description:
      'The role needs a second factor, and this login has none: set it up, nothing else is open until then.',
  })
  mustEnrolTotp!: boolean;

  @ApiProperty({
    description: 'This login was made with a one-time password: change it, nothing else is open until then.',
  })
  mustChangePassword!: boolean;
}

/** `online`: who has a dashboard open. */
export function toStaffMember(user: User, online: ReadonlySet<number>): StaffMemberResponse {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    avatar: user.avatar,
    role: user.role as StaffRole,
    team: user.team,
    availability: availabilityOf(user, online),
    isActive: user.isActive,
  };
}

/** `mustFirst`: what the login that asks must do before anything else. */
export function toStaffProfile(
  user: User,
  online: ReadonlySet<number>,
  mustFirst: FirstStep | undefined,
): StaffProfileResponse {
  const totpEnabled = user.totpConfirmedAt !== null;
  const mustChangePassword = mustFirst === 'change the password';
  const mustEnrolTotp = mustFirst === 'set up a second factor';
  const { email } = user;
  // A later release may have written a language that this one does not speak.
  const locale = LOCALES.find((one) => one === user.locale) ?? null;
  return {
    ...{ ...toStaffMember(user, online), chosenAvailability: user.availability as Availability },
    ...{ email, locale, totpEnabled, mustEnrolTotp, mustChangePassword },
  };
}
