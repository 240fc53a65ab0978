import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { FormedText } from '../../platform/http/validation/text.decorator.js';

const PLATFORMS = ['android', 'ios', 'web'] as const;
/** FCM calls its tokens opaque; they are printable and have no blanks. */
const FCM_TOKEN = /^[\x21-\x7e]{10,512}$/;

export class RegisterDeviceDto {
  @ApiProperty({ maxLength: 512, description: 'The FCM registration token of this app or browser.' })
  @FormedText(FCM_TOKEN, { most: 512, message: 'token must be an FCM registration token' })
  token!: string;

  @ApiPropertyOptional({ enum: PLATFORMS, default: 'web' })
  @IsOptional()
  @IsIn(PLATFORMS)
  platform?: (typeof PLATFORMS)[number];
}

export class ForgetDeviceDto {
  @ApiPropertyOptional({ maxLength: 512, description: 'Leave it out to forget all devices of the caller.' })
  @IsOptional()
  @FormedText(FCM_TOKEN, { most: 512, message: 'token must be an FCM registration token' })
  token?: string;
}
