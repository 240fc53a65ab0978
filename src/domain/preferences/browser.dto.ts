import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { BoundedText, FormedText } from '../../platform/http/validation/text.decorator.js';

const MOST_ENDPOINT = 2_000;
const BASE64URL = /^[\w-]+$/;
const OF_A_BROWSER = 'must be as the PushSubscription of the browser says it';

class SubscriptionKeysDto {
  @ApiProperty({ description: 'The public key of the subscription, base64url.', maxLength: 100 })
  @FormedText(BASE64URL, { most: 100, message: `keys.p256dh ${OF_A_BROWSER}` })
  p256dh!: string;

  @ApiProperty({ description: 'Its authentication secret, base64url.', maxLength: 50 })
  @FormedText(BASE64URL, { most: 50, message: `keys.auth ${OF_A_BROWSER}` })
  auth!: string;
}

export class RegisterBrowserDto {
  @ApiProperty({
    maxLength: MOST_ENDPOINT,
    description: 'Where its push service takes pushes: https, on the internet.',
  })
  @BoundedText(MOST_ENDPOINT)
  endpoint!: string;

  @ApiProperty({ type: SubscriptionKeysDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => SubscriptionKeysDto)
  keys!: SubscriptionKeysDto;
}

export class ForgetBrowserDto {
  @ApiPropertyOptional({
    maxLength: MOST_ENDPOINT,
    description: 'Leave it out to forget all browsers of the caller.',
  })
  @IsOptional()
  @BoundedText(MOST_ENDPOINT)
  endpoint?: string;
}

export class WebPushKeyResponse {
  @ApiProperty({
    description:
      'The applicationServerKey to subscribe with, base64url. It is the same in every process, and stays.',
  })
  publicKey!: string;
}
