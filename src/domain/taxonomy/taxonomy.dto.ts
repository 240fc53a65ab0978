import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { LIMITS } from '../../contract/ticket-fields.js';
import { PageLimit } from '../../platform/http/pagination/page.decorator.js';
import { TextByLanguage } from '../../platform/http/validation/language.decorator.js';
import { IfGiven } from '../../platform/http/validation/optional.decorator.js';
import { FormedText, Line, SearchText } from '../../platform/http/validation/text.decorator.js';
import { WholeNumber } from '../../platform/http/validation/whole-number.js';

const LARGEST_POSITION = 10_000;
const DESCRIPTION = 300;
const TEAM_KEY_RULE = 'key must be 1 to 20 capital letters, digits or _, and begin with a letter';
const COLOUR_RULE = 'colour must be such as #1a7f64';

/** Whether archived rows are listed too. */
export class TaxonomyQueryDto {
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false', description: 'Lists archived rows too' })
  @IsOptional()
  @IsIn(['true', 'false'])
  archived?: string;
}

export class TagQueryDto extends TaxonomyQueryDto {
  @ApiPropertyOptional({
    maxLength: LIMITS.tag,
    description: 'Part of the name; names that begin so come first',
  })
  @IsOptional()
  @SearchText(LIMITS.tag)
  q?: string;

  @PageLimit(100, 50)
  limit?: string;
}

class PositionFields {
  @ApiPropertyOptional({
    minimum: 0,
    maximum: LARGEST_POSITION,
    description: 'Place in the list; last, when left out',
  })
  @IfGiven()
  @WholeNumber(0, LARGEST_POSITION)
  position?: number;
}

class DescriptionFields {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: DESCRIPTION })
  @IsOptional()
  @Line(DESCRIPTION)
  description?: string | null;
}

export class CreateTeamDto extends PositionFields {
  @ApiProperty({ example: 'LEGACIES', description: TEAM_KEY_RULE })
  @FormedText(/^[A-Z][A-Z0-9_]{0,19}$/, { most: LIMITS.team, message: TEAM_KEY_RULE })
  key!: string;

  @ApiProperty({ maxLength: 60 })
  @Line(60)
  name!: string;
}

export class UpdateTeamDto extends PositionFields {
  @ApiPropertyOptional({ maxLength: 60 })
  @IfGiven()
  @Line(60)
  name?: string;

  @ApiPropertyOptional({ description: 'Whether the team is no longer offered' })
  @IfGiven()
  @IsBoolean()
  archived?: boolean;
}

class CategoryFields extends PositionFields {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', maxLength: LIMITS.name },
    example: { de: 'Vermächtnisse' },
    description: 'The name in other languages, by BCP 47 tag; takes the place of all of them',
  })
  @IfGiven()
  @TextByLanguage(LIMITS.name)
  names?: Record<string, string>;
}

export class CreateCategoryDto extends CategoryFields {
  @ApiProperty({
    maxLength: LIMITS.category,
    description: 'Tickets refer to the category by it; it cannot be changed',
  })
  @Line(LIMITS.category)
  name!: string;
}

export class UpdateCategoryDto extends CategoryFields {
  @ApiPropertyOptional({ description: 'Whether the category is no longer offered' })
  @IfGiven()
  @IsBoolean()
  archived?: boolean;
}

class TagFields extends DescriptionFields {
  @ApiPropertyOptional({ type: String, nullable: true, example: '#1a7f64' })
  @IsOptional()
  @FormedText(/^#[0-9a-f]{6}$/i, { most: 7, message: COLOUR_RULE })
  colour?: string | null;
}

export class CreateTagDto extends TagFields {
  @ApiProperty({ maxLength: LIMITS.tag, description: 'Tickets refer to the tag by it; it cannot be changed' })
  @Line(LIMITS.tag)
  name!: string;
}

export class UpdateTagDto extends TagFields {
  @ApiPropertyOptional({ description: 'Whether the tag is no longer offered' })
  @IfGiven()
  @IsBoolean()
  archived?: boolean;
}

export class CreateSkillDto extends DescriptionFields {
  @ApiProperty({ maxLength: LIMITS.skill, description: 'Staff hold the skill by it; it cannot be changed' })
  @Line(LIMITS.skill)
  name!: string;
}

export class UpdateSkillDto extends DescriptionFields {
  @ApiPropertyOptional({ description: 'Whether the skill is no longer offered' })
  @IfGiven()
  @IsBoolean()
  archived?: boolean;
}
