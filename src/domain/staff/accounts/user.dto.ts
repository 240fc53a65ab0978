import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { AVAILABILITIES, type Availability } from '../../../contract/roles.js';
import { BoundedText } from '../../../platform/http/validation/text.decorator.js';
import { IfGiven } from '../../../platform/http/validation/optional.decorator.js';

const BOOLEANS = ['true', 'false'] as const;

export class ListUsersDto {
  @ApiPropertyOptional({ enum: BOOLEANS, description: 'Only active, or only deactivated staff.' })
  @IsOptional()
  @IsIn(BOOLEANS)
  active?: (typeof BOOLEANS)[number];

  @ApiPropertyOptional({ enum: AVAILABILITIES })
  @IsOptional()
  @IsIn(AVAILABILITIES)
  availability?: Availability;
}

export class ChangePasswordDto {
  @ApiPropertyOptional({
    maxLength: 200,
    description: 'Not needed in a login made with a one-time password.',
  })
  @IfGiven()
  @BoundedText(200)
  currentPassword?: string;

  @ApiProperty({ minLength: 10, maxLength: 72, description: '10 to 72 bytes, and not the username.' })
  @BoundedText(200)
  newPassword!: string;
}

export class ChangeAvailabilityDto {
  @ApiProperty({ enum: AVAILABILITIES })
  @IsIn(AVAILABILITIES)
  availability!: Availability;
}
