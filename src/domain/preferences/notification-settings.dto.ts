import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsDefined, IsObject, IsOptional, ValidateIf, ValidateNested } from 'class-validator';
import type {
  NotificationChannel,
  NotificationChoices,
  NotificationGroup,
  NotificationSound,
  QuietHours,
  SoundChoices,
} from '../../contract/notifications.js';
import { FormedText, TimeZoneName } from '../../platform/http/validation/text.decorator.js';

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

class ChannelsDto implements Record<NotificationChannel, boolean> {
  @ApiProperty() @IsBoolean() push!: boolean;
  @ApiProperty() @IsBoolean() mail!: boolean;
  @ApiProperty({ description: 'In the dashboard, while it is open.' }) @IsBoolean() browser!: boolean;
}

class ChoicesDto implements Record<NotificationGroup, ChannelsDto> {
  @ApiProperty({ type: ChannelsDto, description: 'A new ticket for my team.' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelsDto)
  new_ticket!: ChannelsDto;

  @ApiProperty({ type: ChannelsDto, description: 'A ticket is given to me.' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelsDto)
  assigned!: ChannelsDto;

  @ApiProperty({ type: ChannelsDto, description: 'A donor writes on a ticket of mine.' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelsDto)
  reply!: ChannelsDto;

  @ApiProperty({ type: ChannelsDto, description: 'A donor asks for a call, or a call was missed.' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChannelsDto)
  call!: ChannelsDto;
}

class SoundsDto implements Record<NotificationSound, boolean> {
  @ApiProperty({ description: 'A new ticket.' }) @IsBoolean() new_ticket!: boolean;
  @ApiProperty({ description: 'A donor writes on a ticket of mine.' }) @IsBoolean() reply!: boolean;
}

class QuietHoursDto implements QuietHours {
  @ApiProperty({ example: '22:00' })
  @FormedText(TIME_OF_DAY, { most: 5, message: 'from must be a time such as 22:00' })
  from!: string;

  @ApiProperty({ example: '07:00' })
  @FormedText(TIME_OF_DAY, { most: 5, message: 'to must be a time such as 07:00' })
  to!: string;

  @ApiProperty({ example: 'Europe/Berlin' })
  @TimeZoneName()
  timeZone!: string;
}

export class NotificationSettingsDto {
  @ApiProperty({ type: ChoicesDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ChoicesDto)
  choices!: NotificationChoices;

  @ApiProperty({
    type: QuietHoursDto,
    nullable: true,
    description: 'No pushes and no browser notifications then.',
  })
  @ValidateIf((_body, value) => value !== null)
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => QuietHoursDto)
  quietHours!: QuietHours | null;

  @ApiPropertyOptional({
    type: SoundsDto,
    description: 'Soft sounds of the dashboard. Without it, what was chosen before stays.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => SoundsDto)
  sounds?: SoundChoices;
}

class AvailableChannelsResponse {
  @ApiProperty({ description: 'To phones, or to browsers.' }) push!: boolean;
  @ApiProperty() mail!: boolean;
  @ApiProperty({ description: 'To browsers: see users/me/web-push.' }) webPush!: boolean;
}

export class NotificationSettingsResponse extends OmitType(NotificationSettingsDto, ['sounds']) {
  @ApiProperty({ type: SoundsDto, description: 'Soft sounds of the dashboard.' })
  sounds!: SoundChoices;

  @ApiProperty({ type: AvailableChannelsResponse, description: 'Which channels the operator has set up.' })
  available!: AvailableChannelsResponse;
}
