import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '../../../contract/locales.js';
import { AVAILABILITIES, STAFF_ROLES, type Availability, type StaffRole } from '../../../contract/roles.js';
import type { User } from '../../../platform/database/generated/client.js';
import type { FirstStep } from '../../auth/first-step.js';

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

  @ApiProperty({ enum: AVAILABILITIES })
  availability!: Availability;

  @ApiProperty()
  isActive!: boolean;
}

/** What somebody sees of themselves. */
export class StaffProfileResponse extends StaffMemberResponse {
  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

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

export function toStaffMember(user: User): StaffMemberResponse {
  return memberFields(user);
}

/** `mustFirst`: what the login that asks must do before anything else. */
export function toStaffProfile(user: User, mustFirst: FirstStep | undefined): StaffProfileResponse {
  const totpEnabled = user.totpConfirmedAt !== null;
  const mustChangePassword = mustFirst === 'change the password';
  const mustEnrolTotp = mustFirst === 'set up a second factor';
  const { email } = user;
  // A later release may have written a language that this one does not speak.
  const locale = LOCALES.find((one) => one === user.locale) ?? null;
  return { ...memberFields(user), email, locale, totpEnabled, mustEnrolTotp, mustChangePassword };
}

function memberFields(user: User) {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    avatar: user.avatar,
    role: user.role as StaffRole,
    team: user.team,
    availability: user.availability as Availability,
    isActive: user.isActive,
  };
}
