import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { LOCALES, type Locale } from '../../../contract/locales.js';
import { AVAILABILITIES, STAFF_ROLES, type Availability, type StaffRole } from '../../../contract/roles.js';
import { LIMITS } from '../../../contract/ticket-fields.js';
import {
  BoundedText,
  Line,
  FormedText,
  EmailText,
} from '../../../platform/http/validation/text.decorator.js';
import { USERNAME, USERNAME_RULE } from './username.js';
import { IfGiven } from '../../../platform/http/validation/optional.decorator.js';
import { WholeNumber } from '../../../platform/http/validation/whole-number.js';

const LARGEST_CAPACITY = 1_000;
const MOST_SKILLS = 50;

/** What people may change about themselves. */
export class UpdateProfileDto {
  @ApiPropertyOptional({ maxLength: 120 })
  @IfGiven()
  @Line(120)
  name?: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 255 })
  @IsOptional()
  @EmailText()
  email?: string | null;

  @ApiPropertyOptional({
    maxLength: 200,
    description:
      'With another `email`: links that set a new password go there only if the password was given.',
  })
  @IfGiven()
  @BoundedText(200)
  currentPassword?: string;

  @ApiPropertyOptional({ description: USERNAME_RULE })
  @IfGiven()
  @FormedText(USERNAME, { most: 100, message: USERNAME_RULE })
  username?: string;

  @ApiPropertyOptional({
    enum: LOCALES,
    type: String,
    nullable: true,
    description: 'The language of the dashboard; null for that of the browser.',
  })
  @IsOptional()
  @IsIn(LOCALES)
  locale?: Locale | null;
}

/** What a super admin decides about somebody. */
class StaffFields {
  @ApiPropertyOptional({ enum: STAFF_ROLES })
  @IfGiven()
  @IsIn(STAFF_ROLES)
  role?: StaffRole;

  @ApiPropertyOptional({ maxLength: LIMITS.team, description: 'A key of GET /teams' })
  @IfGiven()
  @BoundedText(LIMITS.team)
  team?: string;

  @ApiPropertyOptional({ minimum: 0, maximum: LARGEST_CAPACITY })
  @IfGiven()
  @WholeNumber(0, LARGEST_CAPACITY)
  capacity?: number;
}

export class CreateStaffDto extends StaffFields {
  @ApiProperty({ example: 'maria', description: USERNAME_RULE })
  @FormedText(USERNAME, { most: 100, message: USERNAME_RULE })
  username!: string;

  @ApiProperty({ maxLength: 120 })
  @Line(120)
  name!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 255 })
  @IsOptional()
  @EmailText()
  email?: string | null;

  @ApiPropertyOptional({ description: '10 to 72 bytes. Without it one is made up and shown in the answer.' })
  @IfGiven()
  @BoundedText(200)
  password?: string;
}

export class UpdateStaffDto extends StaffFields {
  @ApiPropertyOptional({ maxLength: 120 })
  @IfGiven()
  @Line(120)
  name?: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 255 })
  @IsOptional()
  @EmailText()
  email?: string | null;

  @ApiPropertyOptional()
  @IfGiven()
  @IsBoolean()
  isActive?: boolean;

  @ApiPropertyOptional({ enum: AVAILABILITIES })
  @IfGiven()
  @IsIn(AVAILABILITIES)
  availability?: Availability;
}

export class ResetPasswordDto {
  @ApiPropertyOptional({ description: '10 to 72 bytes. Without it one is made up and shown in the answer.' })
  @IfGiven()
  @BoundedText(200)
  password?: string;
}

class SkillDto {
  @ApiProperty({ maxLength: LIMITS.skill })
  @Line(LIMITS.skill)
  skill!: string;

  @ApiProperty({ minimum: 1, maximum: 5 })
  @WholeNumber(1, 5)
  proficiency!: number;
}

export class SetSkillsDto {
  @ApiProperty({
    type: [SkillDto],
    maxItems: MOST_SKILLS,
    description: 'All of them; what is left out goes.',
  })
  @IsArray()
  @ArrayMaxSize(MOST_SKILLS)
  @ValidateNested({ each: true })
  @Type(() => SkillDto)
  skills!: SkillDto[];
}
