import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { CategoriesController } from './categories.controller.js';
import { CategoriesService } from './categories.service.js';
import { SkillsController } from './skills.controller.js';
import { SkillsService } from './skills.service.js';
import { TagsController } from './tags.controller.js';
import { TagsService } from './tags.service.js';
import { TaxonomyChangesService } from './taxonomy-changes.service.js';
import { TaxonomyNamesService } from './taxonomy-names.service.js';
import { TeamsController } from './teams.controller.js';
import { TeamsService } from './teams.service.js';

/** The lists that people manage: teams, categories, tags, skills. */
@Module({
  imports: [AuditModule],
  controllers: [TeamsController, CategoriesController, TagsController, SkillsController],
  providers: [
    CategoriesService,
    SkillsService,
    TagsService,
    TaxonomyChangesService,
    TaxonomyNamesService,
    TeamsService,
  ],
  exports: [TaxonomyNamesService],
})
export class TaxonomyModule {}
