import { ApiProperty } from '@nestjs/swagger';
import { AVAILABILITIES, type Availability } from '../../../contract/roles.js';
import { StaffMemberResponse, toStaffMember } from '../profiles/staff-user.dto.js';
import type { User, UserSkill } from '../../../platform/database/generated/client.js';

export class StaffSkillResponse {
  @ApiProperty({ example: 'Refunds' })
  skill!: string;

  @ApiProperty({ minimum: 1, maximum: 5 })
  proficiency!: number;
}

/** What a super admin sees of a member of staff. */
export class StaffRecordResponse extends StaffMemberResponse {
  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ enum: AVAILABILITIES, description: 'What they chose; it holds while a dashboard is open.' })
  chosenAvailability!: Availability;

  @ApiProperty({ description: 'The most open tickets they should have.' })
  capacity!: number;

  @ApiProperty({ description: 'The open tickets they own now.' })
  openTickets!: number;

  @ApiProperty({ type: [StaffSkillResponse] })
  skills!: StaffSkillResponse[];

  @ApiProperty({ description: 'A second factor is on.' })
  totpEnabled!: boolean;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/** A member of staff whose password was just made up. */
export class StaffWithPasswordResponse extends StaffRecordResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'To be passed on; shown only now. It works once, to choose another. Null when it was given.',
  })
  oneTimePassword!: string | null;
}

export function toStaffRecord(
  user: User & { skills: UserSkill[] },
  online: ReadonlySet<number>,
  openTickets: number,
): StaffRecordResponse {
  return {
    ...toStaffMember(user, online),
    email: user.email,
    chosenAvailability: user.availability as Availability,
    capacity: user.capacity,
    openTickets,
    skills: user.skills.map(({ skill, proficiency }) => ({ skill, proficiency })),
    totpEnabled: user.totpConfirmedAt !== null,
    createdAt: user.createdAt.toISOString(),
  };
}
