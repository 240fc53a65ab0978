import { ApiProperty } from '@nestjs/swagger';
import { PRIORITIES } from '../../contract/ticket-fields.js';

const ARCHIVED = {
  type: String,
  format: 'date-time',
  nullable: true,
  description: 'No longer offered since',
} as const;

export class TeamResponse {
  @ApiProperty() id!: number;
  @ApiProperty({ example: 'GENERAL', description: 'What tickets and staff refer to' }) key!: string;
  @ApiProperty() name!: string;
  @ApiProperty() position!: number;
  @ApiProperty(ARCHIVED) archivedAt!: Date | null;
}

export class CategoryResponse {
  @ApiProperty() id!: number;
  @ApiProperty() slug!: string;
  @ApiProperty({ description: 'What tickets refer to' }) name!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, description: 'By language tag' })
  names!: Record<string, string>;
  @ApiProperty() position!: number;
  @ApiProperty(ARCHIVED) archivedAt!: Date | null;
}

export class TagResponse {
  @ApiProperty() id!: number;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true, example: '#1a7f64' }) colour!: string | null;
  @ApiProperty({ type: String, nullable: true }) description!: string | null;
  @ApiProperty(ARCHIVED) archivedAt!: Date | null;
}

export class SkillResponse {
  @ApiProperty() id!: number;
  @ApiProperty() name!: string;
  @ApiProperty({ type: String, nullable: true }) description!: string | null;
  @ApiProperty(ARCHIVED) archivedAt!: Date | null;
}

export class RemovedResponse {
  @ApiProperty({ enum: ['deleted', 'archived'], description: 'What is in use is archived' })
  outcome!: 'deleted' | 'archived';
}

export class CategoryLabelResponse {
  @ApiProperty({ description: 'What to send as the category of a ticket' }) name!: string;
  @ApiProperty({ description: 'What to show' }) label!: string;
}

/** What a donor may choose from. */
export class CategoriesResponse {
  @ApiProperty({ type: [String] }) categories!: string[];
  @ApiProperty({ type: [String], enum: PRIORITIES }) priorities!: string[];
  @ApiProperty({
    type: [CategoryLabelResponse],
    description: 'The same categories in the language of `lang`',
  })
  labels!: CategoryLabelResponse[];
}
