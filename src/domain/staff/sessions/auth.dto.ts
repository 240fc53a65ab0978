import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { StaffProfileResponse } from '../profiles/staff-user.dto.js';
import { BoundedText } from '../../../platform/http/validation/text.decorator.js';

export class LoginDto {
  @ApiProperty({ example: 'maria', maxLength: 100, description: 'In any case: Maria is maria.' })
  @BoundedText(100)
  username!: string;

  @ApiProperty({ example: 'correct horse battery', maxLength: 200 })
  @BoundedText(200)
  password!: string;

  @ApiPropertyOptional({
    example: '123456',
    maxLength: 40,
    description:
      'With a second factor: the code of the app, or a recovery code. Without one it is not looked at.',
  })
  @IsOptional()
  @BoundedText(40)
  totp?: string;
}

/** The refresh token travels beside it, in an HttpOnly cookie. */
export class SignedInResponse {
  @ApiProperty({ description: 'Send it as `Authorization: Bearer <accessToken>`.' })
  accessToken!: string;

  @ApiProperty({ example: 900, description: 'Seconds until the access token expires.' })
  expiresIn!: number;

  @ApiProperty({ type: StaffProfileResponse })
  user!: StaffProfileResponse;
}
