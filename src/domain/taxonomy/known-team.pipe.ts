import { Injectable, type PipeTransform } from '@nestjs/common';
import { TaxonomyNamesService } from './taxonomy-names.service.js';

/** Refuses a body or query whose `team` is in no list. It runs after the rules of the DTO. */
@Injectable()
export class KnownTeamPipe<T extends { team?: string }> implements PipeTransform<T, Promise<T>> {
  constructor(private readonly names: TaxonomyNamesService) {}

  async transform(value: T): Promise<T> {
    if (typeof value.team === 'string') await this.names.assertTeam(value.team);
    return value;
  }
}
