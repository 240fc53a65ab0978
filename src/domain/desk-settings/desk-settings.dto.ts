import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, IsOptional, ValidateBy, ValidateNested } from 'class-validator';
import { AGES } from '../../contract/desk-ages.js';
import type { Locale } from '../../contract/locales.js';
import { LanguageTag } from '../../platform/http/validation/language.decorator.js';
import { IfGiven } from '../../platform/http/validation/optional.decorator.js';
import {
  BoundedText,
  FormedText,
  Line,
  TimeZoneName,
} from '../../platform/http/validation/text.decorator.js';
import { LARGEST_ID, WholeNumber } from '../../platform/http/validation/whole-number.js';
import type { OpenHours } from './business-hours.js';
import { isCalendarDate } from './local-time.js';

const NAME = 60;
const GREETING = 300;
const HOLIDAY = 60;
const MOST_HOURS = 50;
const MOST_HOLIDAYS = 200;
const MOST_ORIGINS = 50;
const LONGEST_ORIGIN = 200;
const WEEK_MINUTES = 10_080;
const COLOUR_RULE = 'colour must be such as #1a7f64';

export class DeskQueryDto {
  @ApiPropertyOptional({ example: 'de', description: 'The language of the greeting, as a BCP 47 tag' })
  @IsOptional()
  @LanguageTag()
  lang?: string;
}

class GreetingsDto implements Partial<Record<Locale, string>> {
  @ApiPropertyOptional({ maxLength: GREETING }) @IfGiven() @Line(GREETING) en?: string;
  @ApiPropertyOptional({ maxLength: GREETING }) @IfGiven() @Line(GREETING) de?: string;
  @ApiPropertyOptional({ maxLength: GREETING }) @IfGiven() @Line(GREETING) fr?: string;
  @ApiPropertyOptional({ maxLength: GREETING }) @IfGiven() @Line(GREETING) es?: string;
  @ApiPropertyOptional({ maxLength: GREETING }) @IfGiven() @Line(GREETING) ar?: string;
}

class OpenHoursDto implements OpenHours {
  @ApiProperty({ minimum: 1, maximum: 7, description: '1 is Monday, 7 is Sunday' })
  @WholeNumber(1, 7)
  weekday!: number;

  @ApiProperty({ example: '09:00' })
  @FormedText(/^([01]\d|2[0-3]):[0-5]\d$/, { most: 5, message: 'from must be a time such as 09:00' })
  from!: string;

  @ApiProperty({ example: '17:30', description: 'Later than `from`; 24:00 is midnight' })
  @FormedText(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, { most: 5, message: 'to must be a time such as 17:30' })
  to!: string;
}

class HolidayDto {
  @ApiProperty({ example: '2026-12-25' })
  @FormedText(/^\d{4}-\d\d-\d\d$/, { most: 10, message: 'date must be a day such as 2026-12-25' })
  @ValidateBy({
    name: 'isCalendarDate',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isCalendarDate(value),
      defaultMessage: () => 'date must be a day of the calendar',
    },
  })
  date!: string;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: HOLIDAY })
  @IsOptional()
  @Line(HOLIDAY)
  name?: string | null;
}

/** What is left out stays as it is; null clears. */
export class UpdateDeskSettingsDto {
  @ApiProperty({ minimum: 1, description: 'The version that the change was made from' })
  @WholeNumber(1, LARGEST_ID)
  version!: number;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: NAME })
  @IsOptional()
  @Line(NAME)
  name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: '#1a7f64' })
  @IsOptional()
  @FormedText(/^#[0-9a-f]{6}$/i, { most: 7, message: COLOUR_RULE })
  colour?: string | null;

  @ApiPropertyOptional({ type: GreetingsDto, description: 'Takes the place of all greetings' })
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GreetingsDto)
  greetings?: GreetingsDto;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: WEEK_MINUTES })
  @IsOptional()
  @WholeNumber(1, WEEK_MINUTES)
  expectedReplyMinutes?: number | null;

  @ApiPropertyOptional({ example: 'Europe/Berlin' })
  @IfGiven()
  @TimeZoneName()
  timeZone?: string;

  @ApiPropertyOptional({
    type: [OpenHoursDto],
    maxItems: MOST_HOURS,
    description: 'Takes the place of the whole week; without any, the desk has no business hours',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MOST_HOURS)
  @ValidateNested({ each: true })
  @Type(() => OpenHoursDto)
  hours?: OpenHoursDto[];

  @ApiPropertyOptional({
    type: [HolidayDto],
    maxItems: MOST_HOLIDAYS,
    description: 'Takes the place of all of them',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MOST_HOLIDAYS)
  @ValidateNested({ each: true })
  @Type(() => HolidayDto)
  holidays?: HolidayDto[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: MOST_ORIGINS,
    example: ['https://www.charity.example'],
    description: 'Origins of pages that may carry the widget, beside CORS_ORIGINS',
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(MOST_ORIGINS)
  @BoundedText(LONGEST_ORIGIN, { each: true })
  widgetOrigins?: string[];

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 1,
    maximum: AGES.autoClose.most,
    description: 'Resolved tickets are closed after so many days; null: never',
  })
  @IsOptional()
  @WholeNumber(AGES.autoClose.least, AGES.autoClose.most)
  autoCloseDays?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: AGES.retention.least,
    maximum: AGES.retention.most,
    description:
      'Closed and cancelled tickets are deleted after so many days, with all that was said; null: never',
  })
  @IsOptional()
  @WholeNumber(AGES.retention.least, AGES.retention.most)
  retentionDays?: number | null;
}

class GreetingsResponse extends GreetingsDto {}

class OpenHoursResponse extends OpenHoursDto {}

class HolidayResponse {
  @ApiProperty({ example: '2026-12-25' }) date!: string;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
}

export class DeskSettingsResponse {
  @ApiProperty() version!: number;
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: String, nullable: true }) colour!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'A path of this server' }) logoUrl!:
    string | null;
  @ApiProperty({ type: GreetingsResponse }) greetings!: GreetingsResponse;
  @ApiProperty({ type: 'integer', nullable: true }) expectedReplyMinutes!: number | null;
  @ApiProperty() timeZone!: string;
  @ApiProperty({ type: [OpenHoursResponse] }) hours!: OpenHoursResponse[];
  @ApiProperty({ type: [HolidayResponse] }) holidays!: HolidayResponse[];
  @ApiProperty({ type: [String] }) widgetOrigins!: string[];
  @ApiProperty({ type: [String], description: 'Those of CORS_ORIGINS, which only the operator changes' })
  configuredOrigins!: string[];
  @ApiProperty({ type: 'integer', nullable: true }) autoCloseDays!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) retentionDays!: number | null;
  @ApiProperty({ format: 'date-time' }) updatedAt!: Date;
}

class DeskHoursResponse {
  @ApiProperty() isOpen!: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the desk opens next; null while it is open, and when it does not within a year',
  })
  opensAt!: Date | null;

  @ApiProperty({ example: 'Europe/Berlin' })
  timeZone!: string;
}

export class DeskResponse {
  @ApiProperty({ type: String, nullable: true }) name!: string | null;
  @ApiProperty({ type: String, nullable: true, example: '#1a7f64' }) colour!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'A path of this server' }) logoUrl!:
    string | null;
  @ApiProperty({ type: String, nullable: true, description: 'In `lang`, else in English' }) greeting!:
    string | null;
  @ApiProperty({ type: 'integer', nullable: true }) expectedReplyMinutes!: number | null;
  @ApiProperty({ type: DeskHoursResponse, nullable: true, description: 'Null without business hours' })
  hours!: DeskHoursResponse | null;

  @ApiProperty({
    description: 'Somebody who can take a call is there now; otherwise ask for a callback instead of a call',
  })
  canCall!: boolean;
}
